import type { BeginString } from '../src/index.ts';

/** One session's messages as peers really send them: `|` for SOH; 8, 9, 10, 34, 49, 52 and 56 are put in. */
export interface Corpus {
  readonly beginString: BeginString;
  readonly logon: string;
  readonly messages: readonly string[];
}

const TIME = '20261124-15:00:00.000';

const ADMIN: readonly string[] = [
  '35=0|',
  '35=0|112=TEST|',
  '35=1|112=hello|',
  '35=2|7=1|16=0|',
  '35=2|7=2|16=4|',
  '35=3|45=2|58=Required tag missing|371=112|372=1|373=1|',
  `35=4|43=Y|122=${TIME}|36=9|123=Y|`,
  '35=4|36=20|',
  '35=5|58=end of day|',
];

const ORDER = `35=D|11=id|21=1|38=100|40=1|54=1|55=INTC|60=${TIME}|`;
const REPORT = `35=8|37=O1|11=C1|17=E1|150=F|39=2|1=ACC|55=ABCD|54=1|38=1000|32=1000|31=187.4350|30=XOFF|151=0|14=1000|6=187.4350|60=${TIME}|`;
const PARTIES = '453=2|448=FIRM|447=D|452=1|802=1|523=desk|803=1|448=CONTRA|447=C|452=17|';
const TRADE = `35=AE|571=R1|487=0|856=0|570=N|55=ABCD|32=100|31=10.25|75=20261124|60=${TIME}|552=2|54=1|37=O1|${PARTIES}528=P|54=2|37=NONE|`;
const DATA = '35=C|164=M1|42=20261124-15:00:00|94=0|147=subject|33=1|58=text|95=5|96=a\u0001b=c|';

export const CORPORA: readonly Corpus[] = [
  {
    beginString: 'FIX.4.2',
    logon: '35=A|98=0|108=30|',
    messages: [
      ...ADMIN,
      ORDER,
      REPORT.replace('150=F', '20=0|150=2'),
      DATA,
      `35=D|115=A|116=B|${ORDER.slice(5)}`,
    ],
  },
  {
    beginString: 'FIX.4.4',
    logon: '35=A|98=0|108=30|553=u|554=p|',
    messages: [
      ...ADMIN,
      `${ORDER}${PARTIES}`,
      REPORT,
      TRADE,
      DATA,
      '35=A|98=0|108=30|141=Y|',
      `35=8|97=Y|${REPORT.slice(5)}`,
    ],
  },
  {
    beginString: 'FIXT.1.1',
    logon: '35=A|98=0|108=30|1137=9|',
    messages: [
      ...ADMIN,
      `35=D|1128=9|627=1|628=HOP|629=${TIME}|${ORDER.slice(5)}`,
      REPORT,
      TRADE,
      '35=A|98=0|108=30|141=Y|1137=9|',
    ],
  },
];
