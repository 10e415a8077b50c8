import test from 'ava';
import {readDockerfilePlan} from '../../source/session/plan/dockerfile-plan.js';
import type {LabFolder} from '../../source/session/ports.js';
import {buildSource} from '../tools/build-source.js';

type Files = Pick<LabFolder, 'read' | 'readShipped'>;

const lab = (own: string | null, shipped: string | null): Files => ({
	read: () => own,
	readShipped: () => shipped,
});

const reads = test.macro({
	exec(t, folder: Files, target: string | undefined, expected: string[]) {
		const {graph, waiting} = readDockerfilePlan(
			buildSource(`docker build --target=${target ?? ''} simple`),
			folder,
			{
				environment: {},
			},
		);
		t.deepEqual(
			graph.stages.map(({name}) => name),
			expected,
		);
		t.deepEqual(
			waiting.map(({name, status}) => `${name} ${status}`),
			expected.map(name => `${name} waiting`),
		);
	},
	title: title => title ?? '',
});

const own = 'FROM alpine AS mine\nRUN one\nFROM mine AS last\nCOPY --from=mine /a /a\n';
const shipped = 'FROM alpine AS shipped\n';

test('the Dockerfile in the lab folder is read', reads, lab(own, shipped), undefined, ['mine', 'last']);
test('the shipped one is read as long as there is none', reads, lab(null, shipped), undefined, ['shipped']);
test('without a Dockerfile there are no stages', reads, lab(null, null), undefined, []);
test('a Dockerfile that is none has no stages', reads, lab('RUN one\n', shipped), undefined, []);
test('a target that it does not have leaves the stages', reads, lab(own, shipped), 'nosuch', [
	'mine',
	'last',
]);

test('the stages wait with what they need and will do', t => {
	const {waiting} = readDockerfilePlan(buildSource('docker build .'), lab(own, null), {environment: {}});
	t.like(waiting[1], {
		needs: ['mine'],
		reason: 'needs mine',
		instructions: [{text: 'COPY --from=mine /a /a', status: 'waiting', line: 4}],
	});
});
