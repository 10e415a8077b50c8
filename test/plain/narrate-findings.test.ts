import test from 'ava';
import type {DoctorFinding} from '../../source/doctor/registry.js';
import {type DoctorId, doctorIds} from '../../source/doctor/registry.js';
import {createAnnouncer} from '../../source/plain/announce.js';
import {createPlainPage} from '../../source/plain/plain-output.js';
import {reduce} from '../../source/session/reduce.js';
import type {SessionState} from '../../source/session/state.js';
import {createLineLogs} from '../../source/storage/line-logs.js';
import {createMemoryFile} from '../../source/storage/run-log.js';
import {sampleState} from '../tui/sample-state.js';

const page = createPlainPage({LANG: 'C.UTF-8'}, 76);
const gone = 'Nothing answers at unix:///var/run/docker.sock.';
const missing: SessionState['engine'] = {status: 'missing', reason: gone, next: null, isSlow: false};
const bad: Partial<Record<DoctorId, string>> = {
	engine: gone,
	'docker-cli': 'No docker.',
	curl: 'No curl.',
	disk: 'No room.',
};
const finding = (id: DoctorId): DoctorFinding => ({
	id,
	verdict: bad[id] ? 'failed' : 'passed',
	reason: bad[id] ?? 'Well.',
	next: null,
});

/** What is told of findings that come in some order, the engine's answer after so many of them. */
const told = (order: DoctorId[], engineAfter: number): string[] => {
	const announcer = createAnnouncer(() => createLineLogs(createMemoryFile), page);
	let state = sampleState({screen: 'welcome', engine: {status: 'connecting'}});
	const lines: string[] = [];
	const tell = () => lines.push(...page.text(announcer.announce(state)));
	tell();
	for (const [index, id] of order.entries()) {
		if (index === engineAfter) state = reduce(state, {action: 'see-engine', engine: missing});
		tell();
		state = reduce(state, {action: 'add-finding', finding: finding(id)});
		tell();
	}
	return lines.filter(line => /No docker|No curl|No room|Nothing answers/.test(line));
};

const expected = [
	`No engine: ${gone}`,
	'docker-cli, failed: No docker.',
	'curl, failed: No curl.',
	'disk, failed: No room.',
];
for (const [what, order] of Object.entries({
	'in their order': [...doctorIds],
	'in the opposite order': doctorIds.toReversed(),
})) {
	for (const engineAfter of [0, 5, doctorIds.length - 1]) {
		test(`findings that come ${what} are told once, as the screen has them; the engine after ${engineAfter}`, t => {
			t.deepEqual(told(order, engineAfter), expected);
		});
	}
}
