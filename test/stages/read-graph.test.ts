import test from 'ava';
import {parseStageGraph} from '../../source/stages/dockerfile/parse-dockerfile.js';

const reads = test.macro(
	(t, text: string | null, target: string | undefined, stages: string[], reachable: string[]) => {
		const graph = parseStageGraph(text, {target});
		t.deepEqual(
			graph.stages.map(({name}) => name),
			stages,
		);
		t.deepEqual(graph.reachable, reachable);
		t.is(graph.target, target ?? 'final');
	},
);
const dockerfile = 'FROM a AS x\nFROM b AS y\nFROM x AS final\n';
test('a Dockerfile is read as it stands', reads, dockerfile, undefined, ['x', 'y', 'final'], ['x', 'final']);
test(
	'a target that is missing leaves all stages',
	reads,
	dockerfile,
	'z',
	['x', 'y', 'final'],
	['x', 'y', 'final'],
);
test('no Dockerfile has no stages', reads, null, undefined, [], []);
test('a Dockerfile without FROM has no stages', reads, 'RUN x\n', 'z', [], []);
