// catalogue: the rule book. Items, places and organisations obey the same rules.
import { given } from '../../test/support/given.js';
import * as relief from '../../test/support/relief.js';
import {
  amendItem,
  amendOrganisation,
  amendPlace,
  amendRoute,
  catalogue,
  registerItem,
  registerOrganisation,
  registerPlace,
  registerRoute,
} from './catalogue.js';

const kinds = {
  item: {
    registered: relief.itemRegistered(),
    register: (name = 'Face mask') => registerItem.bind(null, relief.registerItem({ name })),
    amend: (name = 'Face mask') => amendItem.bind(null, relief.amendItem({ name })),
  },
  place: {
    registered: relief.placeRegistered(),
    register: (name = 'Liege airport') => registerPlace.bind(null, relief.registerPlace({ name })),
    amend: (name = 'Liege airport') => amendPlace.bind(null, relief.amendPlace({ name })),
  },
  organisation: {
    registered: relief.organisationRegistered(),
    register: (name = 'Jack Ma Foundation') => registerOrganisation.bind(null, relief.registerOrganisation({ name })),
    amend: (name = 'Jack Ma Foundation') => amendOrganisation.bind(null, relief.amendOrganisation({ name })),
  },
};

describe.each(Object.entries(kinds))('%s', (kind, { registered, register, amend }) => {
  const amended = {
    type: registered.type.replace('Registered', 'Amended'),
    data: { ...registered.data, name: 'Another name' },
  };

  it('is registered with its description', () => {
    given(catalogue).when(register()).then([registered]);
  });

  it('is registered once', () => {
    given(catalogue, [registered]).when(register()).thenNothing();
  });

  it('is not registered again with another description', () => {
    given(catalogue, [registered]).when(register('Another name')).thenRefused('ALREADY_REGISTERED');
  });

  it('is amended to another description', () => {
    given(catalogue, [registered]).when(amend('Another name')).then([amended]);
  });

  it('is not amended to the description it has', () => {
    given(catalogue, [registered]).when(amend()).thenNothing();
    given(catalogue, [registered, amended]).when(amend('Another name')).thenNothing();
  });

  it('is amended only when it is registered', () => {
    given(catalogue).when(amend()).thenUnknown(kind);
  });

  it('stands as amended', () => {
    given(catalogue, [registered, amended]).when(register('Another name')).thenNothing();
    given(catalogue, [registered, amended]).when(register()).thenRefused('ALREADY_REGISTERED');
  });

  it('can be registered anew when its registration was voided', () => {
    given(catalogue, [registered, relief.corrected('test@0')])
      .when(register())
      .then([registered]);
  });
});

describe('route', () => {
  const registered = relief.routeRegistered();
  const hours = (targetHours: number) => ({ ...registered, data: { ...registered.data, targetHours } });
  const { targetHours } = registered.data;

  it('is registered with the hours it may take', () => {
    given(catalogue)
      .when(registerRoute.bind(null, relief.registerRoute({ targetHours })))
      .then([registered]);
  });

  it('is registered once, and not again with other hours', () => {
    const known = given(catalogue, [registered]);
    known.when(registerRoute.bind(null, relief.registerRoute({ targetHours }))).thenNothing();
    known
      .when(registerRoute.bind(null, relief.registerRoute({ targetHours: targetHours + 1 })))
      .thenRefused('ALREADY_REGISTERED');
  });

  it('is amended to other hours, once it is registered', () => {
    const longer = relief.amendRoute({ targetHours: targetHours + 24 });
    given(catalogue, [registered])
      .when(amendRoute.bind(null, longer))
      .then([{ ...hours(targetHours + 24), type: 'RouteAmended' }]);
    given(catalogue).when(amendRoute.bind(null, longer)).thenUnknown('route');
  });
});

describe('a description', () => {
  const carton = { name: 'carton', holds: 2_000 };

  it('keeps note and source, which are no part of it', () => {
    const documents = { note: 'from the packing list', source: 'invoice 17' };
    const command = relief.registerItem(documents);
    given(catalogue)
      .when((state) => registerItem(command, state))
      .then([relief.itemRegistered(documents)]);
    given(catalogue, [relief.itemRegistered()])
      .when((state) => registerItem(command, state))
      .thenNothing();
  });

  it.each`
    thing                                 | command                                                | decide                  | fact
    ${'packs of an item'}                 | ${relief.registerItem({ packs: [carton] })}            | ${registerItem}         | ${relief.itemRegistered({ packs: [carton] })}
    ${'regions of a country'}             | ${relief.registerPlace({ regions: ['Europe'] })}       | ${registerPlace}        | ${relief.placeRegistered({ regions: ['Europe'] })}
    ${'no country where none was stated'} | ${{ organisation: 'JMF', name: 'Jack Ma Foundation' }} | ${registerOrganisation} | ${{ type: 'OrganisationRegistered', data: { organisation: 'JMF', name: 'Jack Ma Foundation' } }}
  `('keeps $thing', ({ command, decide, fact }) => {
    given(catalogue)
      .when((state) => decide(command, state))
      .then([fact]);
  });
});
