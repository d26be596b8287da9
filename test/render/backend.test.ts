import { expect, test } from 'vitest';
import { chooseBackend } from '../../src/render/backend.ts';

const gl = (renderer: string) => () => ({ available: true, renderer });
const none = () => ({ available: false, renderer: '' });
const neverAsked = () => {
  throw new Error('asked for gl');
};

test.each([
  ['ANGLE (Intel, Mesa Intel(R) UHD Graphics 620, OpenGL 4.6)', 'webgl2'],
  ['', 'webgl2'],
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)', 'canvas2d'],
  ['llvmpipe (LLVM 15.0.7, 256 bits)', 'canvas2d'],
  ['Microsoft Basic Render Driver', 'canvas2d'],
])('on %j it is %s', (renderer, backend) => {
  expect(chooseBackend({ probe: gl(renderer) }).backend).toBe(backend);
});

test('what is asked for is taken, if there is any', () => {
  expect(chooseBackend({ forced: 'canvas2d', probe: neverAsked }).backend).toBe('canvas2d');
  expect(chooseBackend({ forced: 'webgl2', probe: gl('llvmpipe') }).backend).toBe('webgl2');
  expect(chooseBackend({ forced: 'webgl2', probe: none })).toEqual({
    backend: 'canvas2d',
    reason: 'no webgl2',
  });
  expect(chooseBackend({ forced: 'svg', probe: none }).backend).toBe('canvas2d');
});
