/**
 * MD4 (RFC 1320), for passwords that come from systems which used it. Broken as a hash; nothing new is ever made with
 * it. The crypto library no longer has it.
 */

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

type Round = {
  readonly mix: (x: number, y: number, z: number) => number;
  readonly add: number;
  readonly order: readonly number[];
  readonly shifts: readonly [number, number, number, number];
};

/** RFC 1320 §3.4. */
const ROUNDS: readonly Round[] = [
  {
    mix: (x, y, z) => (x & y) | (~x & z),
    add: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
  },
  {
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    add: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    mix: (x, y, z) => x ^ y ^ z,
    add: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
];

/** The size of the blocks it works on, in bytes. */
export const MD4_BLOCK = 64;

export function md4(message: Buffer): Buffer {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as [number, number, number, number];
  const data = padded(message);
  for (let offset = 0; offset < data.length; offset += MD4_BLOCK) {
    let [a, b, c, d] = state;
    for (const { mix, add, order, shifts } of ROUNDS) {
      order.forEach((word, step) => {
        const sum = (a + mix(b, c, d) + data.readUInt32LE(offset + word * 4) + add) | 0;
        [a, b, c, d] = [d, rotate(sum, shifts[step % 4]!), b, c];
      });
    }
    state[0] = (state[0] + a) | 0;
    state[1] = (state[1] + b) | 0;
    state[2] = (state[2] + c) | 0;
    state[3] = (state[3] + d) | 0;
  }
  const digest = Buffer.alloc(16);
  state.forEach((word, index) => {
    digest.writeInt32LE(word, index * 4);
  });
  return digest;
}

/** RFC 1320 §3.1 and §3.2: a one bit, zeros, and the length in bits. */
function padded(message: Buffer): Buffer {
  const size = Math.ceil((message.length + 9) / MD4_BLOCK) * MD4_BLOCK;
  const data = Buffer.alloc(size);
  message.copy(data);
  data[message.length] = 0x80;
  data.writeBigUInt64LE(BigInt(message.length) * 8n, size - 8);
  return data;
}
