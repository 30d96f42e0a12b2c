// nest: where class-transformer keeps what its decorators said; it has no public door to it.
declare module 'class-transformer/cjs/storage.js' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage.js';
}
