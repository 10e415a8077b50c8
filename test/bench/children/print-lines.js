// Prints so many numbered, coloured lines as fast as it can: `node print-lines.js 3000000`.
import {writeSync} from 'node:fs';

const total = Number(process.argv[2]);
let block = '';
for (let number = 1; number <= total; number++) {
	block += `\u001B[32m[${number}]\u001B[0m compiling source/file-${number % 977}.o, \u001B[2mplease wait\u001B[0m\n`;
	if (block.length > 65_536 || number === total) {
		const bytes = Buffer.from(block);
		for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
		block = '';
	}
}
