import test from 'ava';
import type {DoctorFinding} from '../../source/doctor/registry.js';
import {doctorIds} from '../../source/doctor/registry.js';
import {choicesFor} from '../../source/plain/menu.js';
import {machineText} from '../../source/plain/page-text.js';
import {createPlainPage} from '../../source/plain/plain-output.js';
import {sampleState} from '../tui/sample-state.js';

const page = createPlainPage({LANG: 'C.UTF-8'}, 76);

const found = (id: DoctorFinding['id'], more: Partial<DoctorFinding> = {}): DoctorFinding => ({
	id,
	verdict: 'passed',
	reason: `About ${id}.`,
	next: null,
	...more,
});

const textOf = (findings: DoctorFinding[]): string =>
	page.text(machineText(sampleState({screen: 'welcome', findings}), page)).join('\n');

test('the welcome offers what the doctor found, in lines', t => {
	const keys = (screen: 'welcome' | 'step') => choicesFor(sampleState({screen})).map(({key}) => key);
	t.true(keys('welcome').includes('m'));
	t.false(keys('step').includes('m'));
});

test('every finding is told with its verdict and its fix', t => {
	const text = textOf(
		doctorIds.map(id =>
			id === 'disk'
				? found(id, {verdict: 'failed', reason: 'The disk is full.', next: 'make room'})
				: found(id, id === 'names' ? {next: 'keep it'} : {}),
		),
	);
	t.regex(text, /^names, warning: About names\. Next: keep it\.$/m);
	t.regex(text, /^Something needs fixing\.$/m);
	t.regex(text, /^node, passed: About node\.$/m);
	t.regex(text, /^disk, failed: The disk is full\. Next: make room\.$/m);
	t.false(text.includes('Still looking'));
});

test('what is not known yet is named', t => {
	const text = textOf(doctorIds.filter(id => id !== 'curl').map(id => found(id)));
	t.regex(text, /^Still looking at: curl\.$/m);
});
