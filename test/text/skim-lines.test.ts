import test from 'ava';
import {createLineSkimmer, createLineSplitter} from '../../source/text/lines.js';
import {createRandom} from '../tools/create-random.js';

const kept = 3;

/** The last lines and the number of all, of bytes that come in these pieces. */
const skim = (pieces: Uint8Array[]) => {
	const lines: string[] = [];
	const skimmer = createLineSkimmer(line => lines.push(line), kept);
	for (const piece of pieces) skimmer.push(piece);
	skimmer.end();
	return {last: lines.slice(-kept), count: skimmer.count(), handedOver: lines.length};
};

const split = (bytes: Uint8Array) => {
	const lines: string[] = [];
	const splitter = createLineSplitter(line => lines.push(line));
	splitter.push(bytes);
	splitter.end();
	return {last: lines.slice(-kept), count: lines.length};
};

test('in whatever pieces lines come, the last ones and their number are those of the splitter', t => {
	const random = createRandom(7);
	const upTo = (limit: number) => Math.floor(random() * limit);
	for (let round = 0; round < 1000; round++) {
		const lines = Array.from({length: upTo(30)}, (_, index) => `${index}:${'漢é\r'.repeat(upTo(3))}`);
		const bytes = Buffer.from(lines.join('\n') + (random() < 0.5 ? '\n' : ''));
		const pieces: Uint8Array[] = [];
		for (let from = 0; from < bytes.length; ) {
			const end = from + 1 + upTo(bytes.length);
			pieces.push(bytes.subarray(from, end));
			from = end;
		}
		const {last, count} = skim(pieces);
		t.deepEqual({last, count}, split(bytes), JSON.stringify(pieces.map(String)));
	}
});

test('lines in the middle of a large piece are counted, not handed over', t => {
	const {count, handedOver} = skim([Buffer.from('line\n'.repeat(10_000))]);
	t.is(count, 10_000);
	t.true(handedOver <= kept + 1);
});
