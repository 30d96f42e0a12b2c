// test support: the port of a node. Shutting it breaks every connection at once, as when a process is killed.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Address } from './refusals.js';

export class Door {
  private readonly listener: Server;
  private readonly inside = new Set<Socket>();

  constructor(letIn: (connection: Socket) => void) {
    this.listener = createServer((connection) => {
      this.inside.add(connection);
      connection.once('close', () => this.inside.delete(connection));
      letIn(connection);
    });
  }

  /**
   * @param address port 0 for any that is free
   * @throws Error when the port is taken
   */
  async open({ host, port }: Address): Promise<number> {
    this.listener.listen(port, host);
    await once(this.listener, 'listening');
    return (this.listener.address() as AddressInfo).port;
  }

  async slam(): Promise<void> {
    const shut = once(this.listener, 'close');
    this.listener.close();
    for (const connection of this.inside) connection.resetAndDestroy();
    await shut;
  }
}
