// consignment: do the numbers of papers and containers add up; pure. A number that does not is a warning, never a refusal.

const AIR_WAYBILL = /^(\d{3})-?(\d{7})(\d)$/;
const CONTAINER = /^[A-Z]{3}[UJZ]\d{7}$/;
const MRN = /^\d{2}[A-Z]{2}[A-Z0-9]{13}\d$/;

/** IATA air waybill: the last digit is the seven-digit serial modulo 7; the airline prefix does not count. */
export function isAirWaybill(text: string): boolean {
  const [, , serial, check] = AIR_WAYBILL.exec(text.trim()) ?? [];
  return serial !== undefined && Number(serial) % 7 === Number(check);
}

/** ISO 6346 container: owner, category U, J or Z, six digits and a check digit. */
export function isContainer(text: string): boolean {
  const number = text.trim().toUpperCase();
  return CONTAINER.test(number) && checkDigit(number.slice(0, -1)) === Number(number.at(-1));
}

/** EU movement reference number: 18 characters (European Commission, DGXXI/0879/99 Rev.1 of 1 June 1999). */
export function isMrn(text: string): boolean {
  const number = text.trim().toUpperCase();
  return MRN.test(number) && checkDigit(number.slice(0, -1)) === Number(number.at(-1));
}

/** Character values times powers of two, modulo 11, where 10 counts as 0: the same rule for containers and MRNs. */
function checkDigit(text: string): number {
  const sum = [...text].reduce((total, character, position) => total + valueOf(character) * 2 ** position, 0);
  return (sum % 11) % 10;
}

/** Digits as they are; letters from 10 on, skipping the multiples of 11. */
function valueOf(character: string): number {
  if (character <= '9') return Number(character);
  const rank = character.charCodeAt(0) - 'A'.charCodeAt(0);
  return 10 + rank + Math.floor((rank + 9) / 10);
}
