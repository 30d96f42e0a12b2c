// request: the rules of a stated need. open → withdrawn
import { inBaseUnits, packOf, type InSizes } from '../goods-ledger/packs.js';
import { documented } from '../kernel/documented.js';
import type { Decider } from '../kernel/decider.js';
import { Refused, Unknown } from '../kernel/errors.js';
import type { RecordRequest, WithdrawRequest } from './request.commands.js';
import type { RequestFact, RequestRecorded } from './request.events.js';

export type Request =
  | { readonly status: 'none' }
  | { readonly status: 'open' | 'withdrawn'; readonly stated: RequestRecorded['data'] | undefined };

type Need = Omit<RequestRecorded['data'], 'note' | 'source'>;

export const request: Decider<Request, RequestFact> = {
  initial: { status: 'none' },
  evolve(state, fact) {
    switch (fact.type) {
      case 'RequestRecorded':
        return { status: 'open', stated: fact.data };
      case 'RequestWithdrawn':
        return { status: 'withdrawn', stated: state.status === 'none' ? undefined : state.stated };
      default:
        return fact satisfies never;
    }
  },
};

export function ask(command: RecordRequest, state: Request, { sizes }: InSizes): RequestFact[] {
  const { request, country, requester, item, neededBy } = command;
  const quantity = inBaseUnits(command.quantity, command, sizes);
  const stated = {
    request,
    country,
    ...(requester && { requester }),
    item,
    quantity,
    ...packOf(command, sizes),
    neededBy,
  };
  if (state.status === 'none') return [{ type: 'RequestRecorded', data: { ...stated, ...documented(command) } }];
  const before = state.stated;
  if (state.status === 'open' && before && sameNeed(before, stated)) return [];
  throw new Refused(
    'REQUEST_EXISTS',
    `Request ${request} was recorded before with other content. Correct that entry, or use another number.`,
    {
      recorded: before,
    },
  );
}

function sameNeed(one: Need, other: Need): boolean {
  const words = ({ country, requester, item, quantity, neededBy }: Need) =>
    [country, requester, item, quantity, neededBy].join();
  return words(one) === words(other);
}

export function withdraw(command: WithdrawRequest, state: Request): RequestFact[] {
  if (state.status === 'none') throw new Unknown('request', command.request, 'Record it first.');
  if (state.status === 'withdrawn') return [];
  return [{ type: 'RequestWithdrawn', data: { request: command.request, ...documented(command) } }];
}
