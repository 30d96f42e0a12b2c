// store: the address of an event store, read without connecting to it.
import type { Credentials } from '@eventstore/db-client';

/** Who writes. Without TLS the client keeps that to itself. Throws when a server with TLS would be told nobody. */
export function credentialsOf(address: string): Credentials {
  const { username, password } = new URL(address.split(',')[0]!);
  if (username === '' && !/[?&]tls=false(&|$)/i.test(address)) {
    throw new Error(
      `${address} names no user. Say esdb://user:password@host:2113, or add ?tls=false for a server without passwords.`,
    );
  }
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/** The address as it may be shown: without user and password. */
export function withoutSecrets(address: string): string {
  return address.replace(/\/\/[^@/]*@/, '//');
}
