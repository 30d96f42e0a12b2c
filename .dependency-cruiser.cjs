// Who may import whom, and why. Folders that do not exist yet match nothing; tests are not cruised.
const write = 'donation|consignment|hub|lot|request|catalogue';
const read =
  'goods-ledger|country-report|statement|explain|tracking|hub-stock|exceptions|duty-relief|demand|attachments|audit|health|exchange';
const rooms = `${write}|${read}`;

const events = '[.]events[.]ts$';
const ownRoom = '^src/$1/';
const kernel = '^src/kernel/';
const goods =
  '^src/goods-ledger/(account|books|destination|is-destination|in-packs.commands|movements|packs|stock|taking)[.]ts$';
const entrances = '^src/(main|cli|app[.]module|(views|verify)[.]worker)[.]ts$';
const nest = 'node_modules/@nestjs/';
const sqlite = '^(node:)?sqlite$';

/** A rule: what it is called, why it stands, which files it binds, what they must not import. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const files = (path, ...pathNot) => (pathNot.length ? { path, pathNot } : { path });

module.exports = {
  forbidden: [
    rule(
      'kernel-stands-alone',
      'Everything rests on the kernel; it rests on nothing, so it can be read, tested and moved by itself.',
      files(kernel),
      files(['^src/', nest, sqlite], kernel),
    ),
    rule(
      'heart-is-pure',
      'Decisions must be the same today and in a replay: a heart (and the bare-named files beside it) sees facts, commands, the rules of goods and the kernel, never a framework, a database, a clock or another room.',
      files(`^src/(${write})/[^/.]+[.]ts$`),
      { pathNot: ['^src/$1/[^/]+[.](events|commands)[.]ts$', '^src/$1/[^/.]+[.]ts$', events, goods, kernel] },
    ),
    rule(
      'heart-sees-commands-as-types',
      'A command class carries its validators; the heart needs only its shape.',
      files(`^src/(${write})/[^/.]+[.]ts$`),
      { path: '[.]commands[.]ts$', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'write-room-knows-only-events-of-others',
      'Rooms change for different reasons: what one room may know of another is the facts it published, and of the goods ledger its pure rules.',
      files(`^src/(${write})/`, '[.]module[.]ts$'),
      files(`^src/(${rooms})/`, ownRoom, events, goods),
    ),
    rule(
      'write-module-asks-ledger-and-catalogue',
      'A module wires its room, so it alone may hand in answers of the goods ledger and of the catalogue view.',
      files(`^src/(${write})/[^/]+[.]module[.]ts$`),
      files(`^src/(${rooms})/`, ownRoom, events, '^src/goods-ledger/', '^src/catalogue/[^/]+[.]view[.]ts$'),
    ),
    rule(
      'read-room-reads-events-and-ledger',
      'Reports are questions to the goods ledger and the log, with the lists that other rooms keep; they never reach into the room that decides.',
      files(`^src/(${read})/`, '^src/exchange/'),
      files(`^src/(${rooms})/`, ownRoom, events, '^src/goods-ledger/', '[.]view[.]ts$', '^src/hub-stock/holds[.]ts$'),
    ),
    rule(
      'exchange-speaks-commands',
      'What comes in from files becomes the same commands as from HTTP; what goes out is read from facts and the ledger.',
      files('^src/(exchange)/'),
      files(`^src/(${rooms})/`, ownRoom, events, '[.]commands[.]ts$', '^src/goods-ledger/'),
    ),
    rule(
      'events-of-others-as-types',
      "Another room's facts are read as shapes; running its code would tie the two rooms' behaviour together.",
      files(`^src/(${rooms})/`),
      { path: `^src/(${rooms})/[^/]+${events}`, pathNot: ownRoom, dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'commands-are-plain',
      'A command class is also the HTTP body and the import row: validators and shapes only, no framework.',
      files('^src/([^/]+)/[^/]+[.]commands[.]ts$'),
      {
        pathNot: [
          'node_modules/class-(validator|transformer)/',
          kernel,
          goods,
          `${ownRoom}[^/]+[.](events|commands)[.]ts$`,
          `${ownRoom}[^/.]+[.]ts$`,
        ],
      },
    ),
    rule(
      'nest-stays-at-the-edge',
      'The framework may be replaced; rules, facts and views must not notice.',
      files('^src/', '[.](module|controller)[.]ts$', '^src/(nest|cli)/', entrances),
      files(nest),
    ),
    rule(
      'sqlite-behind-the-store',
      'One place opens databases; views, the ledger and the audit log speak SQL, nobody else does.',
      files('^src/', '^src/(store|goods-ledger|audit)/', '[.]view[.]ts$'),
      files(sqlite),
    ),
    rule(
      'what-watches-stays-at-the-edge',
      'Rules, facts and views are the same whether somebody counts and writes lines or not: they tell an observer, who knows how.',
      files('^src/', '^src/(health|nest)/'),
      files('node_modules/(prom-client|pino|pino-http|nestjs-pino)/'),
    ),
    rule(
      'validators-by-parts',
      'Every start would load the whole of class-validator: a hundred rules and all telephone numbers.',
      files('^src/', '^src/kernel/validation[.]ts$'),
      { path: 'node_modules/class-validator/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'swagger-when-asked',
      'Every start would load Swagger and what it needs, a fifth of all modules, before anybody has asked for /api.',
      files('^src/'),
      { path: 'node_modules/@nestjs/swagger/', dependencyTypesNot: ['type-only'], dynamic: false },
    ),
    rule(
      'entrances-are-not-imported',
      'main, cli and the app module put the house together; who imports them starts or needs the whole of it.',
      files('^src/', '^src/(main|cli|(views|verify)[.]worker)[.]ts$', '^src/cli/'),
      files(entrances),
    ),
    rule(
      'source-needs-no-tests',
      'What is shipped must build and run without the tests.',
      files('^src/'),
      files('^(test|bench)/'),
    ),
    rule('no-circle', 'Files in a circle can only be understood, tested and changed together.', {}, { circular: true }),
    rule(
      'no-orphan',
      'A file that nothing uses is either forgotten or not wired in.',
      { orphan: true, pathNot: [entrances, '[.]worker[.]ts$', '[.]d[.]ts$'] },
      {},
    ),
    rule('no-unresolved', 'An import that cannot be found escapes every rule above.', {}, { couldNotResolve: true }),
  ],
  options: {
    exclude: { path: '[.]spec[.]ts$' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
