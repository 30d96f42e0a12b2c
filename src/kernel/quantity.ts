// kernel: whole pieces.

/** No single line is larger; sums of nine million such lines still fit a safe integer. */
export const QUANTITY_MAX = 1_000_000_000;

/** 1500000 as "1,500,000". */
export function grouped(quantity: number): string {
  return quantity.toLocaleString('en-GB');
}
