import assert from 'node:assert/strict';
import test from 'node:test';
import {
  cancelFlagAllowed,
  deleteRecord,
  type MeotInput,
  meotRecord,
  renderRecord,
} from '../../src/cat/index.ts';
import { at, principalSale } from './trade-fixture.ts';

const NEW = { action: 'NEW' } as const;
const line = (input: MeotInput): string => renderRecord(meotRecord(input, NEW));

test('a principal sale to a customer is written field by field in the order of the specification', () => {
  assert.equal(
    line(principalSale),
    '{"actionType":"NEW","firmROEID":"20261120_A2","type":"MEOT","CATReporterIMID":"ABCD","tradeKeyDate":"20261120T000000.000","tradeID":"T-70001","symbol":"ZZQQF","eventTimestamp":"20261120T101502.731904","manualFlag":false,"cancelFlag":false,"quantity":1000,"price":2.15,"capacity":"P","tapeTradeID":"ABCD20261120000117","marketCenterID":"O","sideDetailsInd":"NA","buyDetails":[{"orderKeyDate":"20261120T000000.000","orderID":"CUST-1001","side":"B"}],"sellDetails":[{"side":"SL","firmDesignatedID":"MM-INV-07","accountHolderType":"O"}],"multiLegInd":false}',
  );
});

test('a repair carries the error id with all its digits right after the action', () => {
  const record = meotRecord(principalSale, { action: 'RPR', errorRoeId: '18000000000000012345' });
  assert.match(renderRecord(record), /^\{"actionType":"RPR","errorROEID":18000000000000012345,"firmROEID"/);
});

test('a delete names the record and nothing else', () => {
  assert.equal(
    renderRecord(deleteRecord(principalSale.firmRoeId)),
    '{"actionType":"DEL","firmROEID":"20261120_A2"}',
  );
});

test('a cancelled trade says so and when', () => {
  const cancelled = line({ ...principalSale, cancelledNs: at('20261120T111111.5') });
  assert.match(cancelled, /"cancelFlag":true,"cancelTimestamp":"20261120T111111.500"/);
});

test('a reporting exception takes the place of the link to the facility', () => {
  const own = line({ ...principalSale, linkage: { kind: 'EXCEPTION', code: 'P' } });
  assert.match(own, /"reportingExceptionCode":"P"/);
  assert.doesNotMatch(own, /tapeTradeID|marketCenterID/);
  const contra = line({
    ...principalSale,
    linkage: { kind: 'CONTRA', facility: 'TRF_CARTERET', clearingFirm: 226n, counterparty: '67890:WXYZ' },
  });
  assert.match(
    contra,
    /"marketCenterID":"L".*"reportingExceptionCode":"C","clearingFirm":226,"counterparty":"67890:WXYZ"/,
  );
});

test('each facility has its market centre code', () => {
  const codes = (['ADF', 'TRF_CARTERET', 'TRF_CHICAGO', 'TRF_NYSE', 'ORF'] as const).map(
    (facility) =>
      meotRecord({ ...principalSale, linkage: { kind: 'REPORTED', facility, tapeTradeId: 'X' } }, NEW)
        .marketCenterID,
  );
  assert.deepEqual(codes, ['D', 'L', 'DC', 'DN', 'O']);
});

test('cancelFlag is true only where the facility cannot have told CAT', () => {
  const reported = principalSale.linkage;
  assert.equal(cancelFlagAllowed({ facilityRejected: false, linkage: reported, foreign: false }), false);
  assert.equal(cancelFlagAllowed({ facilityRejected: true, linkage: reported, foreign: false }), true);
  assert.equal(cancelFlagAllowed({ facilityRejected: false, linkage: reported, foreign: true }), true);
  const contra = { kind: 'CONTRA', facility: 'ORF', clearingFirm: 1n, counterparty: '1:A' } as const;
  assert.equal(cancelFlagAllowed({ facilityRejected: false, linkage: contra, foreign: false }), true);
});

test('an undefined field is a fault of the caller', () => {
  assert.throws(() => renderRecord({ type: 'MEOT', saleCondition: 'Z' }), /saleCondition is not defined/);
  assert.throws(() => renderRecord({ type: 'MENO' }), /no CAT event type/);
});
