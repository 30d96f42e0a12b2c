// Writes docs/event-catalogue.md from src/*/*.events.ts; with --print it only prints what it would write.
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url)).replaceAll('\\', '/');
const target = `${root}docs/event-catalogue.md`;
const rooms = ['donation', 'consignment', 'hub', 'lot', 'request', 'catalogue'];

/** What the types cannot say. docs.spec.ts holds commands against the command tables and moves against the goods ledger. */
const SAID = {
  donation: 'donation-<reference>',
  consignment: 'consignment-<reference>',
  hub: 'hub-<place>',
  lot: 'lot-<item>/<lot>',
  request: 'request-<reference>',
  catalogue:
    'catalogue-item-<reference>, catalogue-place-<reference>, catalogue-organisation-<reference>, catalogue-route-<from>/<to>',

  DonationPledged: { by: 'PledgeDonation', moves: ['promised → pledged'] },
  PledgeAmended: { by: 'AmendPledge', moves: ['promised → pledged', 'pledged → promised'] },
  PledgeCancelled: { by: 'CancelPledge', moves: ['pledged → promised'] },
  ConsignmentDispatched: { by: 'DispatchConsignment', moves: ['donor → inTransit', 'atHub → inTransit'] },
  ConsignmentArrived: { by: 'RecordArrival', moves: [] },
  GoodsReceived: {
    by: 'RecordReceipt',
    moves: [
      'inTransit → atHub',
      'unexplained → atHub',
      'inTransit → damaged',
      'unexplained → damaged',
      'inTransit → unexplained',
    ],
  },
  GoodsDelivered: {
    by: 'RecordDelivery',
    moves: [
      'inTransit → deliveredReported',
      'rejected → deliveredReported',
      'unexplained → deliveredReported',
      'inTransit → deliveredConfirmed',
      'rejected → deliveredConfirmed',
      'unexplained → deliveredConfirmed',
      'inTransit → rejected',
      'unexplained → rejected',
    ],
  },
  GoodsLost: { by: 'RecordLoss', moves: ['inTransit → lost', 'unexplained → lost', 'rejected → lost'] },
  GoodsFound: {
    by: 'RecordFound',
    moves: ['lost → atHub', 'lost → inTransit', 'unexplained → atHub', 'unexplained → inTransit'],
  },
  GoodsReturned: {
    by: 'RecordReturn',
    moves: [
      'rejected → atHub',
      'inTransit → atHub',
      'unexplained → atHub',
      'rejected → returned',
      'inTransit → returned',
      'unexplained → returned',
    ],
  },
  ConsignmentClosed: { by: 'CloseConsignment', moves: [] },
  CustomsEntryLodged: { by: 'RecordCustomsEntry', moves: [] },
  CustomsHeld: { by: 'RecordCustomsHold', moves: [] },
  CustomsCleared: { by: 'RecordCustomsClearance', moves: [] },
  CustomsRefused: { by: 'RecordCustomsRefusal', moves: [] },
  StockAllocated: { by: 'AllocateStock', moves: ['atHub → atHub'] },
  AllocationReleased: { by: 'ReleaseAllocation', moves: ['atHub → atHub'] },
  StockCounted: { by: 'CountStock', moves: ['atHub → unexplained', 'unexplained → atHub'] },
  StockWrittenOff: { by: 'WriteOffStock', moves: ['atHub → lost', 'damaged → lost', 'unexplained → lost'] },
  LotHeld: { by: 'HoldLot', moves: [] },
  LotReleased: { by: 'ReleaseLot', moves: [] },
  LotRecalled: { by: 'RecallLot', moves: [] },
  RequestRecorded: { by: 'RecordRequest', moves: [] },
  RequestWithdrawn: { by: 'WithdrawRequest', moves: [] },
  ItemRegistered: { by: 'RegisterItem', moves: [] },
  ItemAmended: { by: 'AmendItem', moves: [] },
  PlaceRegistered: { by: 'RegisterPlace', moves: [] },
  PlaceAmended: { by: 'AmendPlace', moves: [] },
  OrganisationRegistered: { by: 'RegisterOrganisation', moves: [] },
  OrganisationAmended: { by: 'AmendOrganisation', moves: [] },
  RouteRegistered: { by: 'RegisterRoute', moves: [] },
  RouteAmended: { by: 'AmendRoute', moves: [] },
};

/** For fields whose type carries no comment; `lines.to` goes before `to`. */
const FIELDS = {
  book: 'base units by the books before the count',
  bytes: 'size of the file',
  counted: 'base units that lay there',
  countedBy: 'the role that counted, not a name',
  doubtful: 'fields whose check digit does not fit',
  'goods.hs': 'the class of the item',
  mediaType: 'what the bytes are: a JPEG, PNG or WebP picture or a PDF',
  outOf: 'where the goods were: in stock, set apart as damaged, or missing since a count',
  reason: 'why, for people',
  request: 'reference of the request',
  seals: 'numbers of the seals',
  requester: 'reference of the organisation that asks',
  targetHours: 'how many hours the leg may take',
  accepted: 'base units that the recipient took',
  'actor.id': 'account id',
  'actor.role': 'the role it acts in',
  carrier: 'who moves the goods',
  'lines.cause': 'why goods were not taken',
  cause: 'why the goods are gone',
  causationId: 'what caused it; the command id when nothing else did',
  channel: 'the door that the command came through',
  complete: 'nothing more of this consignment is expected',
  consignment: 'reference of the consignment',
  contradiction: 'the books did not agree, and the operator confirmed the fact',
  correlationId: 'what belongs together; the command id when nothing else was said',
  country: 'ISO 3166-1 alpha-2',
  damaged: 'base units counted and not usable',
  destination: 'whom the goods are for',
  donation: 'reference of the donation',
  donor: 'reference of the organisation that gives',
  earmark: 'whom the stock was set aside for',
  eta: 'when it is expected',
  fingerprint: "16 hex digits over the command's content: tells a repeat from another use of the same command id",
  'lines.from': 'the earmark that the pieces had',
  from: 'where it leaves',
  good: 'base units counted in good condition',
  grn: 'number of the goods received note',
  happenedAt: 'when it happened in the world',
  holds: 'base units in one pack',
  hub: 'reference of the hub',
  id: 'UUID, made from the command id',
  item: 'reference of the item',
  kind: 'at a `hub` goods are counted and stored',
  lines: 'the goods it is about',
  lot: 'production lot; empty while none is known',
  mode: 'how it travels',
  name: 'what people call it',
  note: 'what the next reader should know',
  organisation: 'reference of the organisation',
  place: 'reference of the place',
  pod: 'number of the proof of delivery',
  proof: '`confirmed` only with a signed proof of delivery',
  quantity: 'whole base units',
  recipient: 'reference of the organisation that took the goods',
  rejected: 'base units that the recipient did not take',
  reportedAt: 'when the organisation knew',
  schema: 'number of the shape of `data`',
  source: 'where the statement stands',
  stream: 'the record that the entry belongs to',
  'lines.to': 'the earmark that they have from then on',
  to: 'where it goes',
  transport: 'how it travels',
};
const used = new Set();

/** A restated fact may be any fact, so it is named and not opened. */
const CORRECTION = {
  wrongEventId: { meaning: 'id of the wrong entry' },
  reason: { meaning: 'the wrong entry did not happen, or it says it wrong' },
  restated: { type: '{ happenedAt, schema, fact }' },
  note: { meaning: 'why: the auditor reads this' },
};

const program = ts.createProgram(
  [...rooms.map((room) => `${root}src/${room}/${room}.events.ts`), `${root}src/kernel/corrections.ts`],
  {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
);
const checker = program.getTypeChecker();

function stop(message) {
  console.error(message);
  process.exit(1);
}

const comment = (symbol) =>
  ts.displayPartsToString(symbol?.getDocumentationComment(checker)).replace(/\s+/g, ' ').replaceAll('|', '\\|');
const exportsOf = (path) =>
  checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(`${root}${path}`)));
const propertyType = (property) => checker.getTypeOfSymbol(property);
const isOptional = (property) => (property.flags & ts.SymbolFlags.Optional) !== 0;

/** `data` of a fact, as rows: path, type, comment. Lists and groups of fields are opened. */
function rows(type, path = '') {
  return type.getProperties().flatMap((property) => {
    const full = checker.getNonNullableType(propertyType(property));
    const name = `${path}${property.name}${isOptional(property) ? '?' : ''}`;
    const element = checker.isArrayType(full) ? checker.getTypeArguments(full)[0] : undefined;
    const opened = element ?? full;
    if (isGroup(opened)) {
      const said = comment(property) || comment(opened.aliasSymbol ?? opened.getSymbol()) || described(property, path);
      return [[name, element ? 'list' : 'group', said], ...rows(opened, `${name}${element ? '[]' : ''}.`)];
    }
    return [[name, text(full, property), described(property, path)]];
  });
}

function isGroup(type) {
  return (
    (type.flags & ts.TypeFlags.Object) !== 0 && !checker.isArrayType(type) && type.getCallSignatures().length === 0
  );
}

function text(type, property) {
  const declared = property.declarations?.[0]?.type;
  const name = declared && ts.isTypeReferenceNode(declared) ? declared.typeName.getText() : '';
  if (name === 'Destination') return 'destination';
  if (checker.isArrayType(type)) return `list of ${checker.typeToString(checker.getTypeArguments(type)[0])}`;
  if (type.isUnion() && type.types.every((one) => one.isStringLiteral())) {
    return type.types
      .map(({ value }) => `\`${value}\``)
      .sort()
      .join(' or ');
  }
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;
  const full = checker.typeToString(type, undefined, flags);
  return full === 'false | true' ? 'boolean' : full.replaceAll('"', '`').replaceAll(' | ', ' or ');
}

function described(property, path) {
  const own = comment(property);
  if (own) return own;
  const key = [`${path.replace(/\W/g, '')}.${property.name}`, property.name].find((candidate) => candidate in FIELDS);
  if (!key) stop(`tools/event-catalogue.mjs does not say what ${path}${property.name} means.`);
  used.add(key);
  return FIELDS[key];
}

const table = (head, lines) =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const fieldTable = (type) =>
  table(
    ['field', 'type', 'meaning'],
    rows(type).map(([name, ...rest]) => [`\`${name}\``, ...rest]),
  );

/** The facts of a room: the members of the union that its shapes are about. */
function factsOf(room) {
  const exported = exportsOf(`src/${room}/${room}.events.ts`);
  const union = exported.find(({ name }) => name.endsWith('Fact'));
  const shapes = exported.find(({ name }) => name.endsWith('Shapes'));
  if (!union || !shapes) stop(`src/${room}/${room}.events.ts must export a …Fact and …Shapes.`);
  const upcasts = shapes.valueDeclaration.initializer.properties;
  return checker.getDeclaredTypeOfSymbol(union).types.map((type) => {
    const name = checker.getTypeOfSymbol(type.getProperty('type')).value;
    const steps = upcasts.find((property) => property.name.getText() === name);
    if (!steps) stop(`${name} is not in ${shapes.name}.`);
    const said = SAID[name];
    if (!said) stop(`tools/event-catalogue.mjs does not say which command makes ${name} and what it moves.`);
    const symbol = exported.find((candidate) => candidate.name === name);
    return {
      name,
      said,
      about: comment(symbol),
      data: propertyType(type.getProperty('data')),
      schema: steps.initializer.elements.length + 1,
    };
  });
}

function section({ name, said, about, data, schema }) {
  const moves = said.moves.length ? said.moves.map((move) => `\`${move}\``).join(', ') : 'nothing';
  return [
    `### ${name}`,
    ...(about ? [about] : []),
    `Made by \`${said.by}\`. Schema ${schema}. Moves: ${moves}.`,
    fieldTable(data),
  ].join('\n\n');
}

function room(name) {
  return [`## ${name}`, `Streams: \`${SAID[name]}\`.`, ...factsOf(name).map(section)].join('\n\n');
}

function correction() {
  const type = checker.getDeclaredTypeOfSymbol(
    exportsOf('src/kernel/corrections.ts').find(({ name }) => name === 'EntryCorrected'),
  );
  const data = propertyType(type.getProperty('data'));
  const lines = data
    .getProperties()
    .map((property) => [
      `\`${property.name}${isOptional(property) ? '?' : ''}\``,
      CORRECTION[property.name]?.type ?? text(checker.getNonNullableType(propertyType(property)), property),
      comment(property) || CORRECTION[property.name].meaning,
    ]);
  return [
    '## every room',
    '### EntryCorrected',
    'An entry that names a wrong one of the same stream.',
    'Made by `CorrectDonationEntry`, `CorrectConsignmentEntry`, `CorrectHubEntry`, `CorrectLotEntry`, `CorrectRequestEntry` and `CorrectCatalogueEntry`. Schema 1. ' +
      'Moves: what the stream says with the correction, less what it said without it; each movement counts from the day it happened, and is known from the correction on.',
    table(['field', 'type', 'meaning'], lines),
  ].join('\n\n');
}

function envelope() {
  const exported = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(`${root}src/kernel/recorded.ts`)),
  );
  return fieldTable(checker.getDeclaredTypeOfSymbol(exported.find(({ name }) => name === 'Envelope')));
}

const catalogue = `# Event catalogue

This page is made from the code by \`node tools/event-catalogue.mjs\`. Do not edit it; \`npm test\` fails when it is out of date.
Words are explained in the [glossary](glossary.md). A field with \`?\` may be absent. Dates are ISO 8601.

A bucket is a kind of account in the goods ledger (src/goods-ledger/movements.ts). One fact may make several movements. When a lot becomes known while goods move,
the pieces without a lot first go back to the donor and leave again under that lot, so that every lot sums to zero.

## The envelope: what every entry carries beside its data

${envelope()}

${rooms.map(room).join('\n\n')}

${correction()}
`;

const stale = Object.keys(FIELDS).filter((field) => !used.has(field));
if (stale.length) stop(`tools/event-catalogue.mjs describes fields that no event has: ${stale.join(', ')}.`);
const events = new Set([...catalogue.matchAll(/^### (\w+)$/gm)].map(([, name]) => name));
const unknown = Object.keys(SAID).filter((name) => /^[A-Z]/.test(name) && !events.has(name));
if (unknown.length) stop(`tools/event-catalogue.mjs speaks of events that do not exist: ${unknown.join(', ')}.`);
const missing = readdirSync(`${root}src`, { recursive: true })
  .filter((file) => file.endsWith('.events.ts'))
  .map((file) => file.split(/[\\/]/)[0])
  .filter((folder) => !rooms.includes(folder));
if (missing.length) stop(`tools/event-catalogue.mjs does not know the rooms ${missing.join(', ')}.`);

if (process.argv.includes('--print')) process.stdout.write(catalogue);
else writeFileSync(target, catalogue);
