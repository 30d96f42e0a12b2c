// donation: the command table.
import { Module } from '@nestjs/common';
import type { InSizes } from '../goods-ledger/packs.js';
import { referenceFor } from '../kernel/identifiers.js';
import type { References } from '../nest/references.js';
import { corrects, runs, type Room } from '../nest/room.js';
import { AmendPledge, CancelPledge, CorrectDonationEntry, PledgeDonation } from './donation.commands.js';
import { DonationController } from './donation.controller.js';
import * as rules from './donation.js';

export const donationRoom: Room = {
  name: 'donation',
  decider: rules.donation,
  rows: [
    runs({
      command: PledgeDonation,
      id: ({ donation }) => donation,
      name: (command, commandId) => (command.donation = referenceFor('DON', commandId)),
      context: async (command, ask) => {
        await ask.organisation(command.donor);
        return pledgeLines(command, ask);
      },
      decide: rules.pledge,
    }),
    runs({ command: AmendPledge, id: ({ donation }) => donation, context: pledgeLines, decide: rules.amend }),
    runs({ command: CancelPledge, id: ({ donation }) => donation, context: async () => ({}), decide: rules.cancel }),
  ],
  correction: corrects({
    command: CorrectDonationEntry,
    id: ({ donation }) => donation,
  }),
};

async function pledgeLines({ lines }: PledgeDonation | AmendPledge, ask: References): Promise<InSizes> {
  await ask.destinations(lines.map(({ destination }) => destination));
  return ask.lines(lines);
}

@Module({ controllers: [DonationController] })
export class DonationModule {}
