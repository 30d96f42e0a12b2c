// audit: tells whoever listens that the reports have moved on, whichever node recorded it.
import { Controller, Inject, Sse, type BeforeApplicationShutdown, type MessageEvent } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Observable, Subject, takeUntil } from 'rxjs';
import { STORES, type Stores } from '../store/stores.js';

@ApiTags('audit')
@Controller('updates')
export class UpdatesController implements BeforeApplicationShutdown {
  private readonly ending = new Subject<void>();

  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /**
   * Server-sent events: position and number of events that this node's reports hold, at once and whenever they hold
   * more. It carries no facts: ask again for what you show.
   */
  @Sse()
  updates(): Observable<MessageEvent> {
    const { projector } = this.stores;
    return new Observable<MessageEvent>((listener) => {
      const tell = () => listener.next({ type: 'reports', data: { ...projector.checkpoint } });
      tell();
      return projector.onMoved(tell);
    }).pipe(takeUntil(this.ending));
  }

  beforeApplicationShutdown(): void {
    this.ending.next();
  }
}
