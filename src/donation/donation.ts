// donation: the rules of a pledge. pledged → amended … → cancelled
import { canonical } from '../goods-ledger/destination.js';
import { inBaseUnits, packOf, type InSizes, type PackSizes } from '../goods-ledger/packs.js';
import { documented } from '../kernel/documented.js';
import type { Decider } from '../kernel/decider.js';
import { Refused, Unknown } from '../kernel/errors.js';
import type { AmendPledge, CancelPledge, PledgeDonation, PledgeLineInput } from './donation.commands.js';
import type { DonationFact, PledgeLine } from './donation.events.js';

export type Donation =
  | { readonly status: 'none' }
  | { readonly status: 'pledged' | 'cancelled'; readonly donor: string; readonly lines: readonly PledgeLine[] };

/** The donor of amendments whose announcement was voided. */
const NOBODY = '';

export const donation: Decider<Donation, DonationFact> = {
  initial: { status: 'none' },
  evolve(state, fact) {
    switch (fact.type) {
      case 'DonationPledged':
        return { status: 'pledged', donor: fact.data.donor, lines: fact.data.lines };
      case 'PledgeAmended':
        return { status: 'pledged', donor: donorOf(state), lines: fact.data.lines };
      case 'PledgeCancelled':
        return { status: 'cancelled', donor: donorOf(state), lines: [] };
      default:
        return fact satisfies never;
    }
  },
};

// Decisions

export function pledge(command: PledgeDonation, state: Donation, { sizes }: InSizes): DonationFact[] {
  const lines = pledgeLines(command.lines, sizes);
  if (state.status === 'none' || state.donor === NOBODY) {
    return [
      {
        type: 'DonationPledged',
        data: { donation: command.donation, donor: command.donor, lines, ...documented(command) },
      },
    ];
  }
  if (state.donor === command.donor && same(state.lines, lines)) return [];
  throw new Refused(
    'DONATION_EXISTS',
    `Donation ${command.donation} was pledged before with other content. Amend that pledge, or use another number.`,
    { donor: state.donor, lines: state.lines },
  );
}

export function amend(command: AmendPledge, state: Donation, { sizes }: InSizes): DonationFact[] {
  const current = pledged(state, command.donation);
  const lines = pledgeLines(command.lines, sizes);
  if (same(current.lines, lines)) return [];
  return [{ type: 'PledgeAmended', data: { donation: command.donation, lines, ...documented(command) } }];
}

export function cancel(command: CancelPledge, state: Donation): DonationFact[] {
  if (state.status === 'cancelled') return [];
  pledged(state, command.donation);
  return [{ type: 'PledgeCancelled', data: { donation: command.donation, ...documented(command) } }];
}

function pledged(state: Donation, id: string) {
  if (state.status === 'none') throw new Unknown('donation', id, 'Pledge it first.');
  if (state.status === 'pledged') return state;
  throw new Refused('PLEDGE_CANCELLED', `The pledge of donation ${id} was cancelled. Announce a new donation instead.`);
}

function pledgeLines(lines: readonly PledgeLineInput[], sizes: PackSizes): PledgeLine[] {
  return lines.map((line) => ({
    item: line.item,
    quantity: inBaseUnits(line.quantity, line, sizes),
    destination: canonical(line.destination),
    ...packOf(line, sizes),
  }));
}

function donorOf(state: Donation): string {
  return state.status === 'none' ? NOBODY : state.donor;
}

function same(one: readonly PledgeLine[], other: readonly PledgeLine[]): boolean {
  const text = (lines: readonly PledgeLine[]) =>
    lines.map((line) => `${line.item} ${line.quantity} ${line.destination}`).sort();
  return text(one).join() === text(other).join();
}
