import test from 'ava';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import {
	createStepMatcher,
	matchImage,
	matchVertex,
	readVertexName,
} from '../../source/stages/tracker/match-vertex.js';

/** `expected`: the stage, and the line of the instruction where that has one. */
const belongs = test.macro(
	(t, dockerfile: string, name: string, expected: [stage: string, line: number | null] | null) => {
		const graph = parseDockerfile(dockerfile);
		const vertex = readVertexName(name);
		const place = vertex && matchVertex(vertex, graph);
		const stage = place && graph.stages[place.stage];
		const position = typeof place?.position === 'number' ? place.position : -1;
		t.deepEqual(stage ? [stage.name, stage.instructions[position]?.line ?? null] : null, expected);
	},
);
const three =
	'FROM a AS one.two-3\nENV x=1\nRUN a\nWORKDIR /b\nFROM b\nCMD x\nADD a b\nFROM c AS last\nRUN c';
test('a name with dots and dashes', belongs, three, '[one.two-3 2/3] RUN a', ['one.two-3', 3]);
test('a name in other letters', belongs, 'FROM a AS One\nRUN a\nFROM b', '[one 2/2] RUN a', ['One', 2]);
test('instructions that build nothing are not counted', belongs, three, '[stage-1 2/2] ADD a b', [
	'stage-1',
	7,
]);
test('a platform in front of the name', belongs, three, '[linux/amd64 last 2/2] RUN c', ['last', 9]);
test(
	'a platform in a file with one stage',
	belongs,
	'FROM a\nRUN c',
	'[linux/arm64->linux/amd64 2/2] RUN c',
	['final', 2],
);
test(
	'a number below ten of more than nine',
	belongs,
	`FROM a AS x\n${'RUN y\n'.repeat(11)}`,
	'[x  3/12] RUN y',
	['x', 3],
);
test('brackets in the command', belongs, 'FROM a\nRUN 3/4] y', '[2/2] RUN 3/4] y', ['final', 2]);
test('what a base image adds comes before', belongs, 'FROM a\nRUN c', '[3/3] RUN c', ['final', 2]);
test('a trigger of a base image has no line', belongs, 'FROM a\nRUN c', '[2/3] RUN trigger', ['final', null]);
test('a stage of another Dockerfile', belongs, three, '[other 2/2] RUN c', null);
test('a number of a stage that has a name', belongs, three, '[stage-2 2/2] RUN c', null);
test('BuildKit’s own work', belongs, three, '[internal] load build context', null);

const looksUp = test.macro((t, dockerfile: string, reference: string, stage: string | null) => {
	const graph = parseDockerfile(dockerfile);
	for (const words of ['[internal] load metadata for', 'FROM']) {
		const place = matchImage(`${words} ${reference}`, graph);
		t.is(place && (graph.stages[place.stage]?.name ?? null), stage, words);
	}
});
const images =
	'FROM a AS short\nFROM b/c:1 AS user\nFROM r.io/d AS far\nFROM localhost/e AS near\nFROM f@sha256:0 AS fixed\nFROM g\nFROM g';
test('a short image name', looksUp, images, 'docker.io/library/a:latest', 'short');
test('an image of a user', looksUp, images, 'docker.io/b/c:1', 'user');
test('an image of another registry', looksUp, images, 'r.io/d:latest', 'far');
test('an image of this machine', looksUp, images, 'localhost/e:latest', 'near');
test('an image with a digest', looksUp, images, 'docker.io/library/f@sha256:0', 'fixed');
test('an image of two stages is not guessed', looksUp, images, 'docker.io/library/g:latest', null);
test(
	'an image that one COPY names',
	looksUp,
	'FROM a AS x\nRUN y\nFROM a AS z\nCOPY --chown=1 --from=b c d',
	'docker.io/library/b:latest',
	'z',
);
test(
	'an image of the name of a stage is not guessed',
	looksUp,
	'FROM a AS x\nFROM a AS z\nCOPY --from=x c d',
	'docker.io/library/x:latest',
	null,
);
test('an image of no stage', looksUp, images, 'docker.io/library/a:1', null);

test('steps are placed by their order, an ARG in front nowhere', t => {
	const place = createStepMatcher(parseDockerfile('ARG A\nFROM a\nRUN b\nFROM c AS d\nCOPY e f'));
	t.deepEqual(
		['ARG A', 'FROM a', 'RUN b', 'FROM c as d', 'copy e f', 'RUN unknown', 'FROM g', 'RUN h'].map(text => {
			const found = place(text);
			return found && [found.stage, found.position];
		}),
		[null, [0, 'from'], [0, 0], [1, 'from'], [1, 0], [1, null], null, null],
	);
});
