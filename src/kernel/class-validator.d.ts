// kernel: class-validator types its parts only as a whole; its exact version is in package.json.
declare module 'class-validator/cjs/*' {
  export * from 'class-validator';
}
