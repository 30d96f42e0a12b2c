// bench: who and what the histories mention.

export const COUNTRIES = 'AO BE BJ CI CM ES ET FR GH IR IT KE NG SI UG ZA'.split(' ');
export const ITEMS = ['MASK', 'VENTILATOR', 'FACE-SHIELD', 'PROTECTIVE-CLOTHING'] as const;
export const ORIGINS = ['CNHGH', 'CNSHA', 'JPNRT', 'CN'] as const;
export const CARRIERS = ['Ethiopian Cargo', 'ASL Airlines Belgium', 'Cainiao'] as const;
export const HUB = 'BELGG';
export const DONOR = 'ORG-DONOR';
export const GIFTS = 40;
export const NOTE = 'Counted twice, seals intact.';
const RECIPIENTS_A_COUNTRY = 4;

export function organisations(): { organisation: string; name: string; country: string }[] {
  const recipients = COUNTRIES.flatMap((country) =>
    Array.from({ length: RECIPIENTS_A_COUNTRY }, (_, nth) => ({
      ...{ organisation: recipientOf(country, nth), name: `Hospital ${nth} of ${country}`, country },
    })),
  );
  return [{ organisation: DONOR, name: 'A foundation', country: 'CN' }, ...recipients];
}

export function recipientOf(country: string, nth: number): string {
  return `ORG-${country}-${nth % RECIPIENTS_A_COUNTRY}`;
}

export function giftOf(gift: number): string {
  return `GIFT-${String(gift).padStart(3, '0')}`;
}

export function numbered(index: number): string {
  return String(index).padStart(8, '0');
}
