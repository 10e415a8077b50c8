import {attacks} from './attacks.js';

const words = ['compiling', ' ', 'main.o', '漢字', '🎉', 'é', '\t', '\n', '\r\n', '\r', '#1 ', '"', '{', '│'];

/**
 * Bytes that mean harm: attacks, whole and cut, ordinary words and line ends, colours, and bytes that are no UTF-8, in
 * any order.
 */
export const hostileBytes = (random: () => number): Buffer => {
	const upTo = (limit: number) => Math.floor(random() * limit);
	const oneOf = <Value>(values: readonly Value[]): Value => values[upTo(values.length)] as Value;
	const parts: Buffer[] = [];
	for (let left = 1 + upTo(6); left > 0; left--) {
		const kind = upTo(10);
		if (kind < 5) {
			const attack = Buffer.from(oneOf(attacks));
			const from = kind === 0 ? upTo(attack.length) : 0;
			parts.push(attack.subarray(from, kind < 2 ? from + upTo(attack.length) : attack.length));
		} else if (kind < 8) {
			parts.push(Buffer.from(oneOf(words)));
		} else if (kind === 8) {
			parts.push(Buffer.from(`\u001B[${upTo(110)}m`));
		} else {
			parts.push(Buffer.from(Array.from({length: upTo(8)}, () => upTo(256))));
		}
	}
	return Buffer.concat(parts);
};
