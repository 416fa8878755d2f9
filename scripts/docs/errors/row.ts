/** What a person needs to know of one code. */
export interface Row {
  readonly means: string;
  /**
   * `retryable`: the very same may work later, without anybody changing it. `terminal`: somebody must change something.
   * `itself`: the product deals with it; it is told so that it can be counted.
   */
  readonly kind: 'terminal' | 'retryable' | 'itself';
  readonly then: string;
}

/** One row for each code of a closed set; the compiler asks for those that are missing. */
export type Rows<Code extends string> = Readonly<Record<Code, Row>>;

export const terminal = (means: string, then: string): Row => ({ means, kind: 'terminal', then });
export const retryable = (means: string, then: string): Row => ({ means, kind: 'retryable', then });
export const itself = (means: string, then: string): Row => ({ means, kind: 'itself', then });
