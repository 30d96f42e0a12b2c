// donation: the rule book.
import { given } from '../../test/support/given.js';
import * as relief from '../../test/support/relief.js';
import { amend, cancel, donation, pledge } from './donation.js';

const toItaly = relief.pledgeLine();
const toFrance = relief.pledgeLine({ destination: 'FR', quantity: 200 });
const toTheGroup = relief.pledgeLine({ destination: 'BE+FR+SI' });

describe('a donation nobody has heard of', () => {
  const unheard = given(donation);

  it('is pledged with its donor and its lines', () => {
    unheard.when((state) => pledge(relief.pledge(), state, relief.IN_PIECES)).then([relief.pledged()]);
  });

  it('is pledged without lines when no figures were announced', () => {
    unheard
      .when((state) => pledge(relief.pledge({ lines: [] }), state, relief.IN_PIECES))
      .then([relief.pledged({ lines: [] })]);
  });

  it('keeps note and source of the announcement', () => {
    const documents = { note: 'by telephone', source: 'https://example.org/announcement' };
    unheard
      .when((state) => pledge(relief.pledge(documents), state, relief.IN_PIECES))
      .then([relief.pledged(documents)]);
  });

  it.each`
    stated        | kept
    ${'IT'}       | ${'IT'}
    ${'SI+BE+FR'} | ${'BE+FR+SI'}
    ${'FR+FR'}    | ${'FR'}
    ${'Africa'}   | ${'Africa'}
  `('spells the destination $stated as $kept', ({ stated, kept }) => {
    const lines = (destination: string) => [relief.pledgeLine({ destination })];
    unheard
      .when((state) => pledge(relief.pledge({ lines: lines(stated) }), state, relief.IN_PIECES))
      .then([relief.pledged({ lines: lines(kept) })]);
  });

  it('cannot be amended', () => {
    unheard.when((state) => amend(relief.amendPledge(), state, relief.IN_PIECES)).thenUnknown('donation');
  });

  it('cannot be cancelled', () => {
    unheard.when((state) => cancel(relief.cancelPledge(), state)).thenUnknown('donation');
  });
});

describe('a pledged donation', () => {
  const pledged = given(donation, [relief.pledged({ lines: [toItaly, toFrance] })]);

  it.each`
    repeated                           | command
    ${'in the same words'}             | ${{ lines: [toItaly, toFrance] }}
    ${'with its lines in other order'} | ${{ lines: [toFrance, toItaly] }}
    ${'with another note'}             | ${{ lines: [toItaly, toFrance], note: 'again' }}
  `('makes nothing of its pledge $repeated', ({ command }) => {
    pledged.when((state) => pledge(relief.pledge(command), state, relief.IN_PIECES)).thenNothing();
  });

  it('makes nothing of a group that is spelt in another order', () => {
    given(donation, [relief.pledged({ lines: [toTheGroup] })])
      .when((state) =>
        pledge(relief.pledge({ lines: [{ ...toTheGroup, destination: 'SI+FR+BE' }] }), state, relief.IN_PIECES),
      )
      .thenNothing();
  });

  it.each`
    other                    | command
    ${'another donor'}       | ${{ donor: 'ALIBABA', lines: [toItaly, toFrance] }}
    ${'another quantity'}    | ${{ lines: [toItaly, { ...toFrance, quantity: 201 }] }}
    ${'another item'}        | ${{ lines: [toItaly, { ...toFrance, item: 'VENTILATOR' }] }}
    ${'another destination'} | ${{ lines: [toItaly, { ...toFrance, destination: 'ES' }] }}
    ${'a line less'}         | ${{ lines: [toItaly] }}
    ${'a line twice'}        | ${{ lines: [toItaly, toFrance, toFrance] }}
  `('refuses its number for a pledge with $other', ({ command }) => {
    pledged.when((state) => pledge(relief.pledge(command), state, relief.IN_PIECES)).thenRefused('DONATION_EXISTS');
  });

  it('is amended to other lines', () => {
    pledged
      .when((state) => amend(relief.amendPledge({ lines: [toTheGroup] }), state, relief.IN_PIECES))
      .then([relief.amended({ lines: [toTheGroup] })]);
  });

  it('makes nothing of an amendment to what stands', () => {
    pledged
      .when((state) => amend(relief.amendPledge({ lines: [toFrance, toItaly] }), state, relief.IN_PIECES))
      .thenNothing();
  });

  it('is cancelled', () => {
    pledged.when((state) => cancel(relief.cancelPledge(), state)).then([relief.cancelled()]);
  });
});

describe('an amended donation', () => {
  const amended = given(donation, [relief.pledged(), relief.amended({ lines: [toFrance] })]);

  it('stands as amended, from the same donor', () => {
    amended.when((state) => pledge(relief.pledge({ lines: [toFrance] }), state, relief.IN_PIECES)).thenNothing();
  });

  it('does not stand as first pledged', () => {
    amended.when((state) => pledge(relief.pledge(), state, relief.IN_PIECES)).thenRefused('DONATION_EXISTS');
  });

  it('is amended back', () => {
    amended
      .when((state) => amend(relief.amendPledge({ lines: [toItaly] }), state, relief.IN_PIECES))
      .then([relief.amended({ lines: [toItaly] })]);
  });
});

describe('a cancelled donation', () => {
  const cancelled = given(donation, [relief.pledged(), relief.cancelled()]);

  it('makes nothing of a second cancellation', () => {
    cancelled.when((state) => cancel(relief.cancelPledge(), state)).thenNothing();
  });

  it('refuses an amendment', () => {
    cancelled.when((state) => amend(relief.amendPledge(), state, relief.IN_PIECES)).thenRefused('PLEDGE_CANCELLED');
  });

  it('refuses a new pledge under its number', () => {
    cancelled.when((state) => pledge(relief.pledge(), state, relief.IN_PIECES)).thenRefused('DONATION_EXISTS');
  });
});

describe('a donation whose cancellation was voided', () => {
  it('can be amended again', () => {
    const facts = [relief.pledged(), relief.cancelled(), relief.corrected('test@1')];
    given(donation, facts)
      .when((state) => amend(relief.amendPledge(), state, relief.IN_PIECES))
      .then([relief.amended()]);
  });
});

describe('a donation whose pledge was voided', () => {
  it('can be pledged anew', () => {
    given(donation, [relief.pledged(), relief.corrected('test@0')])
      .when((state) => pledge(relief.pledge({ donor: 'ALIBABA' }), state, relief.IN_PIECES))
      .then([relief.pledged({ donor: 'ALIBABA' })]);
  });
});
