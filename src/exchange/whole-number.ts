// exchange: whole numbers as people write them.

export interface NumberForm {
  /** Characters that may stand between groups of three digits. */
  readonly thousands: string;
  /** What stands before decimals; these must be zeros, goods are counted in whole pieces. */
  readonly decimal?: string;
}

/** Comma, point, apostrophe or (no-break) space. */
const ANY_GROUPING: NumberForm = { thousands: ",.'’ \u00a0\u202f" };

/** Reads a form of numbers; undefined for what is not a whole number in that form. */
export function wholeNumbers({ thousands, decimal }: NumberForm = ANY_GROUPING): (text: string) => number | undefined {
  const tail = decimal ? `(?:[${escaped(decimal)}]0*)?` : '';
  const plain = new RegExp(`^\\d+${tail}$`);
  // A leading zero would make a thousand of "0.500".
  const grouped = thousands && new RegExp(`^[1-9]\\d{0,2}([${escaped(thousands)}])\\d{3}(?:\\1\\d{3})*${tail}$`);
  return (text) => {
    if (!plain.test(text) && !(grouped && grouped.test(text))) return undefined;
    const whole = decimal ? text.split(decimal)[0]! : text;
    const number = Number(whole.replace(/\D/g, ''));
    return Number.isSafeInteger(number) ? number : undefined;
  };
}

function escaped(characters: string): string {
  return characters.replace(/[\\\]^-]/g, '\\$&');
}
