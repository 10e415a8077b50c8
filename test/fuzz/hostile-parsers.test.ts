import {readFileSync} from 'node:fs';
import test from 'ava';
import {parseShellLine} from '../../source/session/plan/shell-line.js';
import {parseDockerfile, parseStageGraph} from '../../source/stages/dockerfile/parse-dockerfile.js';
import type {BuildFormat} from '../../source/stages/model.js';
import {createBuildParser} from '../../source/stages/parsers/build-parser.js';
import {createStageTracker} from '../../source/stages/tracker/stage-tracker.js';
import {stripColours} from '../../source/text/terminal-text.js';
import {parseOverlay, parseWorkshop} from '../../source/workshop/parse-workshop.js';
import {createRandom} from '../tools/create-random.js';
import {deep} from '../tools/deep.js';
import {readTranscripts} from '../tools/read-transcript.js';
import {hostileBytes} from './hostile-bytes.js';

/** A text with a few places cut, doubled, or overwritten by something hostile. */
const damage = (whole: Buffer, random: () => number, length: number): Buffer => {
	const upTo = (limit: number) => Math.floor(random() * limit);
	const start = upTo(Math.max(1, whole.length - length));
	let bytes = whole.subarray(start, start + length);
	for (let left = 1 + upTo(4); left > 0; left--) {
		const from = upTo(bytes.length);
		const to = from + upTo(20);
		const between = [Buffer.alloc(0), hostileBytes(random), bytes.subarray(from, to + 40)][upTo(3)] as Buffer;
		bytes = Buffer.concat([bytes.subarray(0, from), between, bytes.subarray(to)]);
	}
	return bytes;
};

const formats: BuildFormat[] = ['rawjson', 'plain', 'legacy'];
const dockerfile = readFileSync('workshops/multi-stage/simple/Dockerfile', 'utf8');

for (const [index, format] of formats.entries()) {
	test.serial(`no damaged output of a build in ${format} is too much for its parser and the stages`, t => {
		const random = createRandom(100 + index);
		const outputs = readTranscripts()
			.filter(({asked}) => asked === format)
			.map(({chunks}) => Buffer.concat(chunks.map(({bytes}) => bytes)));
		const graph = parseDockerfile(dockerfile);
		for (let round = 0; round < deep(200, 5000); round++) {
			const bytes = damage(outputs[round % outputs.length] ?? Buffer.alloc(0), random, 1500);
			const parser = createBuildParser(format);
			const tracker = createStageTracker(graph, format);
			const half = Math.floor(random() * bytes.length);
			const stream = random() < 0.2 ? 'stdout' : format === 'legacy' ? 'stdout' : 'stderr';
			for (const event of parser.push(stream, bytes.subarray(0, half), round)) tracker.fold(event);
			for (const event of parser.push(stream, bytes.subarray(half), round + 1)) tracker.fold(event);
			for (const event of parser.end()) tracker.fold(event);
			tracker.end(random() < 0.5 ? 0 : 1, false);
			for (const {tail} of tracker.snapshot().stages) {
				const harmful = tail.find(line => /\p{Cc}/u.test(stripColours(line)));
				t.is(harmful, undefined, JSON.stringify(String(bytes)));
			}
		}
	});
}

test.serial('no damaged Dockerfile is too much for its parser', t => {
	const random = createRandom(200);
	const texts = ['simple', 'parallel', 'whoami'].map(name =>
		readFileSync(`workshops/multi-stage/${name}/Dockerfile`),
	);
	for (let round = 0; round < deep(400, 20_000); round++) {
		const text = String(damage(texts[round % texts.length] ?? Buffer.alloc(0), random, 600));
		t.notThrows(
			() => parseStageGraph(text, {target: random() < 0.3 ? 'test' : undefined}),
			JSON.stringify(text),
		);
	}
});

test.serial('no damaged workshop is too much for its reader', t => {
	const random = createRandom(300);
	const cover = readFileSync('workshops/multi-stage/workshop.md');
	const chapter = readFileSync('workshops/multi-stage/03-multi-stage-dockerfiles.md');
	for (let round = 0; round < deep(30, 1500); round++) {
		const files = new Map([
			['workshop.md', String(round % 5 === 0 ? damage(cover, random, cover.length) : cover)],
			['01-first.md', String(damage(chapter, random, 1500))],
		]);
		t.notThrows(() => parseWorkshop(files), JSON.stringify([...files]));
	}
});

test.serial('no damaged solution is too much for its reader', t => {
	const random = createRandom(400);
	const text = readFileSync('workshops/multi-stage/solutions/lab-port/run.yaml');
	for (let round = 0; round < deep(250, 5000); round++) {
		const damaged = String(damage(text, random, text.length));
		t.notThrows(() => parseOverlay('run.yaml', damaged), JSON.stringify(damaged));
	}
});

test.serial('no hostile line is too much for what reads typed commands', t => {
	const random = createRandom(500);
	const line = Buffer.from(
		`docker run -d -p 8050:5000 --name 'a b' "$HOME" whoami -port 5000 | grep x > out; cd ..`,
	);
	for (let round = 0; round < deep(400, 20_000); round++) {
		const text = String(damage(line, random, line.length));
		for (const dialect of ['sh', 'powershell', 'cmd'] as const)
			t.notThrows(() => parseShellLine(text, dialect), JSON.stringify(text));
	}
});
