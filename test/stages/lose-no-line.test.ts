import test from 'ava';
import {cleanLine} from '../../source/text/terminal-text.js';
import {readTranscripts, type Transcript, trackChunks} from '../tools/read-transcript.js';

/** Lines that only carry the builder's bookkeeping; everything else has to be seen by someone. */
const bookkeeping = [
	/^#\d+ \[|^#\d+ FROM /,
	/^#\d+ (sha256:[0-9a-f]{64}|CACHED|CANCELED|DONE [\d.]+s|\.\.\.|ERROR: .*)$/,
	/^#\d+ (exporting to image|resolve image config for \S+)$/,
	/^Step \d+\/\d+ : /,
	/^ ---> ([0-9a-f]{12}|Using cache|Running in [0-9a-f]{12}|Removed intermediate container [0-9a-f]{12})?$/,
	/^Removing intermediate container [0-9a-f]{12}$/,
];

const withoutMarks = (line: string): string =>
	line
		.replace(/(?: ---> Removed|Removing) intermediate container [0-9a-f]{12}$/, '')
		.replace(/(.)#\d+ (?:DONE [\d.]+s|\.\.\.)$/, '$1')
		.replace(/^#\d+ (?:\d+\.\d+ )?/, '');

/** Every line of output in a transcript, read in the simplest way that gives it. */
const linesOf = ({chunks}: Transcript): string[] => {
	const text = (['stdout', 'stderr'] as const)
		.map(stream => Buffer.concat(chunks.filter(chunk => chunk.stream === stream).map(({bytes}) => bytes)))
		.join('\n');
	const logs = new Map<string, string>();
	for (const [, vertex = '', data = ''] of text.matchAll(
		/"vertex":\s*"([^"]+)",\s*"stream":\s*\d,\s*"data":\s*"([^"]*)"/g,
	)) {
		logs.set(vertex, (logs.get(vertex) ?? '') + Buffer.from(data, 'base64').toString('utf8'));
	}
	const isJson = (line: string) => /^\s*[{}[\]"]/.test(line);
	const raw = text
		.split('\n')
		.filter(line => !isJson(line) && !bookkeeping.some(pattern => pattern.test(line)));
	return [...raw.map(withoutMarks), ...[...logs.values()].flatMap(log => log.split('\n'))]
		.map(cleanLine)
		.filter(line => line.replaceAll('\u001B[0m', '').trim() !== '');
};

for (const transcript of readTranscripts()) {
	test(`${transcript.name} loses no line`, t => {
		const {stages, outside} = trackChunks(transcript);
		const shown = [...outside, ...stages.flatMap(({tail}) => tail)];
		const lines = linesOf(transcript);
		t.deepEqual(
			lines.filter(line => !shown.some(text => text.includes(line))),
			[],
		);
	});
}

test('the lines looked for are those that were printed', t => {
	const lines = readTranscripts().flatMap(linesOf);
	for (const line of [
		'left 3',
		'Building...',
		'partial',
		'DEPRECATED: The legacy builder is deprecated',
		'two',
	]) {
		t.true(
			lines.some(text => text.startsWith(line)),
			line,
		);
	}
	t.true(lines.length > 1500, String(lines.length));
});
