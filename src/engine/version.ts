/**
 * Version of the engine's behaviour. It rises whenever the same scenario and seed would give another state, and it
 * travels in links so that a mismatch can be said.
 */
export const ENGINE_VERSION = '3';
