// catalogue: the routes.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Unknown } from '../kernel/errors.js';
import { FreshQuery } from '../nest/as-of.queries.js';
import type { Order } from '../nest/circumstances.js';
import { Caller, Stated } from '../nest/from-request.js';
import { openapi } from '../nest/openapi.js';
import { RecordedAnswer } from '../nest/recorded.answers.js';
import { Recorder } from '../nest/recorder.js';
import {
  AmendItem,
  AmendOrganisation,
  AmendPlace,
  AmendRoute,
  CorrectCatalogueEntry,
  RegisterItem,
  RegisterOrganisation,
  RegisterPlace,
  RegisterRoute,
} from './catalogue.commands.js';
import { CATALOGUE_KINDS, type CatalogueKind } from './catalogue.events.js';
import { CatalogueView } from './catalogue.view.js';

@openapi.ApiTags('catalogue')
@Controller('catalogue')
export class CatalogueController {
  constructor(
    private readonly recorder: Recorder,
    private readonly catalogue: CatalogueView,
  ) {}

  /** Registers an item. */
  @Post('items')
  registerItem(@Body() command: RegisterItem, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Changes the description of an item. */
  @Post('items/:item/amendments')
  @openapi.ApiBody({ type: AmendItem })
  amendItem(@Stated() command: AmendItem, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Registers a place. */
  @Post('places')
  registerPlace(@Body() command: RegisterPlace, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Changes the description of a place. */
  @Post('places/:place/amendments')
  @openapi.ApiBody({ type: AmendPlace })
  amendPlace(@Stated() command: AmendPlace, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Registers an organisation. */
  @Post('organisations')
  registerOrganisation(@Body() command: RegisterOrganisation, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Changes the description of an organisation. */
  @Post('organisations/:organisation/amendments')
  @openapi.ApiBody({ type: AmendOrganisation })
  amendOrganisation(@Stated() command: AmendOrganisation, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Registers how long a leg may take. */
  @Post('routes')
  registerRoute(@Body() command: RegisterRoute, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Changes how long a leg may take. */
  @Post('routes/amendments')
  amendRoute(@Body() command: AmendRoute, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** Corrects any entry of the catalogue; `kind` is item, place, organisation or route. */
  @Post('corrections')
  correct(@Body() command: CorrectCatalogueEntry, @Caller() caller: Order): Promise<RecordedAnswer> {
    return this.recorder.record(command, caller);
  }

  /** All items, places, organisations or routes. */
  @Get(':kind')
  list(@Param('kind') kinds: string, @Query() _query: FreshQuery) {
    const kind = CATALOGUE_KINDS.find((candidate): candidate is CatalogueKind => `${candidate}s` === kinds);
    if (!kind) throw new Unknown('part of the catalogue', kinds, 'There are items, places, organisations and routes.');
    return this.catalogue.all(kind);
  }
}
