// kernel: which streams are remembered.
import { Remembered, type Standing } from './remembered.js';

const standing = (...commands: string[]): Standing => ({
  ...{ version: commands.length - 1, position: commands.length, state: 'a state' },
  commands: new Set(commands),
});

describe('a stream', () => {
  it('is remembered as it was kept last', () => {
    const remembered = new Remembered();
    remembered.keep('hub-A', standing('one'));
    remembered.keep('hub-A', standing('one', 'two'));
    expect(remembered.get('hub-A')).toEqual(standing('one', 'two'));
    expect(remembered.get('hub-B')).toBeUndefined();
  });

  it('is forgotten when it was used longest ago and memory is full', () => {
    const remembered = new Remembered(310);
    for (const stream of ['hub-A', 'hub-B', 'hub-C']) remembered.keep(stream, standing('one'));
    remembered.keep('hub-A', standing('one', 'two'));
    remembered.keep('hub-D', standing('one'));
    const known = ['hub-A', 'hub-B', 'hub-C', 'hub-D'].filter((stream) => remembered.get(stream));
    expect(known).toEqual(['hub-A', 'hub-C', 'hub-D']);
  });

  it('makes room again when it is forgotten, also after its commands have grown', () => {
    const remembered = new Remembered(310);
    const growing = standing('one');
    remembered.keep('hub-A', growing);
    for (let nth = 0; nth < 50; nth++) growing.commands.add(`command ${nth}`);
    remembered.forget('hub-A');
    for (const stream of ['hub-B', 'hub-C', 'hub-D']) remembered.keep(stream, standing('one'));
    expect(['hub-B', 'hub-C', 'hub-D'].every((stream) => remembered.get(stream))).toBe(true);
  });
});
