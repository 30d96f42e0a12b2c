// store: addresses of event stores, read before anybody connects.
import { withoutSecrets } from './address.js';
import { Connection } from './connection.js';

describe('an address', () => {
  it.each([
    ['esdb://localhost:2113?tls=false', { username: '', password: '' }],
    ['esdb://admin:changeit@one:2113,two:2113?tls=true', { username: 'admin', password: 'changeit' }],
    ['esdb+discover://u%40ngo:p%3Aw@cluster.example:2113', { username: 'u@ngo', password: 'p:w' }],
  ])('names who writes: %s', async (address, credentials) => {
    const connection = new Connection(address);
    expect(connection.credentials).toEqual(credentials);
    await connection.close();
  });

  it('must name a user where the server has TLS', () => {
    expect(() => new Connection('esdb://localhost:2113')).toThrow(/names no user.*esdb:\/\/user:password@host/);
  });

  it.each(['kurrentdb://localhost', 'localhost:2113', 'esdb://', 'http://localhost:2113'])(
    'is refused when it is none of an event store: %s',
    (address) => {
      expect(() => new Connection(address)).toThrow();
    },
  );

  it('is shown without user and password', () => {
    expect(withoutSecrets('esdb://admin:changeit@one:2113,two:2113?tls=true')).toBe(
      'esdb://one:2113,two:2113?tls=true',
    );
    expect(withoutSecrets('esdb://localhost:2113?tls=false')).toBe('esdb://localhost:2113?tls=false');
  });
});
