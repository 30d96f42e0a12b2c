// bench: the built house. Types come from src, code from dist, and only what a trial asks for.
import 'reflect-metadata';
import type * as AppModule from '../src/app.module.ts';
import type * as Verify from '../src/audit/verify.ts';
import type * as Importing from '../src/cli/import.ts';
import type * as ConsignmentCommands from '../src/consignment/consignment.commands.ts';
import type * as Logbook from '../src/exchange/logbook.ts';
import type * as Main from '../src/main.ts';
import type * as Circumstances from '../src/nest/circumstances.ts';
import type * as Clerk from '../src/nest/clerk.ts';
import type * as OpenHouse from '../src/nest/open-house.ts';
import type * as Reporter from '../src/nest/reporter.ts';
import type * as Validate from '../src/nest/validate.ts';
import type * as OpenFor from '../src/open-for.ts';
import type * as Reports from '../src/reports.ts';
import type * as InThread from '../src/store/in-thread.ts';
import type * as EventStore from '../src/store/sqlite.event-store.ts';
import type * as Stores from '../src/store/stores.ts';

const load = async <T>(file: string) => (await import(new URL(`../dist/${file}`, import.meta.url).href)) as T;

export const eventStore = () => load<typeof EventStore>('store/sqlite.event-store.js');
export const stores = () => load<typeof Stores>('store/stores.js');
export const appModule = () => load<typeof AppModule>('app.module.js');
export const main = () => load<typeof Main>('main.js');
export const openFor = () => load<typeof OpenFor>('open-for.js');
export const openHouse = () => load<typeof OpenHouse>('nest/open-house.js');
export const clerk = () => load<typeof Clerk>('nest/clerk.js');
export const circumstances = () => load<typeof Circumstances>('nest/circumstances.js');
export const reporter = () => load<typeof Reporter>('nest/reporter.js');
export const reports = () => load<typeof Reports>('reports.js');
export const validate = () => load<typeof Validate>('nest/validate.js');
export const inThread = () => load<typeof InThread>('store/in-thread.js');
export const verify = () => load<typeof Verify>('audit/verify.js');
export const logbook = () => load<typeof Logbook>('exchange/logbook.js');
export const importing = () => load<typeof Importing>('cli/import.js');
export const consignmentCommands = () => load<typeof ConsignmentCommands>('consignment/consignment.commands.js');
