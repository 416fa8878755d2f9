import { Loader } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { errorText } from '../../api/problem.ts';

/** A page: its title, what belongs beside it, and its content. */
export function Page({
  title,
  end,
  children,
}: {
  readonly title: string;
  readonly end?: ReactNode;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Tapeclock`;
  }, [title]);
  return (
    <>
      <div className="top">
        <h1>{title}</h1>
        {end !== undefined && <div className="end">{end}</div>}
      </div>
      {children}
    </>
  );
}

/** Content that has to be fetched: a spinner, an error with a way on, or what was asked for. */
export function Fetched<Data>({
  query,
  children,
}: {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    return (
      <div className="panel empty" role="alert">
        <p>{errorText(query.error)}</p>
        <button type="button" onClick={() => void query.refetch()}>
          Try again
        </button>
      </div>
    );
  }
  return (
    <div className="empty">
      <Loader size="sm" aria-label="Loading" />
    </div>
  );
}

export function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="empty">{children}</p>;
}
