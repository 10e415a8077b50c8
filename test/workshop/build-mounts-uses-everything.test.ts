import {existsSync, readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {planStepBuild} from '../../source/session/plan/run-plan.js';
import {readFolder} from '../../source/storage/files.js';
import {readWorkshopFiles} from '../../source/storage/workshop-files.js';
import {lintWorkshop} from '../../source/workshop/lint/lint-workshop.js';
import type {Step} from '../../source/workshop/model.js';
import {parseWorkshop} from '../../source/workshop/parse-workshop.js';
import {stepSchema} from '../../source/workshop/schema.js';
import {allChecks, isChallenge} from '../../source/workshop/steps.js';

/** The shipped workshop that shows authors all they can use: what it uses, and a step that uses it. */
const folder = 'workshops/build-mounts';
const files = readWorkshopFiles(folder);
const steps = parseWorkshop(files).workshop?.chapters.flatMap(chapter => chapter.steps) ?? [];

type Uses = (step: Step) => boolean;

const has =
	<Kind extends CheckDeclaration['check']>(
		kind: Kind,
		fits: (check: Extract<CheckDeclaration, {check: Kind}>) => unknown,
	): Uses =>
	step =>
		allChecks(step).some(
			check => check.check === kind && fits(check as Extract<CheckDeclaration, {check: Kind}>),
		);

const predicts =
	(about: NonNullable<Step['predict']>['about']): Uses =>
	({predict}) =>
		predict?.about === about;

const shows =
	(written: string): Uses =>
	({file, id}) =>
		(files.get(file) ?? '')
			.split(/^## /m)
			.some(part => part.includes(`\nid: ${id}\n`) && part.includes(written));

const rows: Array<[what: string, id: string, uses: Uses]> = [
	['a text to read', 'read-shop', ({kind}) => kind === 'read'],
	['a command', 'build-plain', ({kind}) => kind === 'run'],
	['the choice of a builder', 'use-buildkit', ({kind}) => kind === 'builder'],
	['a step for one builder', 'build-plain', ({builder}) => builder === 'buildkit'],
	['a question with one right answer', 'ask-elsewhere', ({question}) => question?.asks === 'choice'],
	[
		'a question with several right answers',
		'ask-copy-from',
		({question}) => question?.asks === 'choice' && question.answers.filter(({isRight}) => isRight).length > 1,
	],
	[
		'a question that is typed, with mistakes that are expected',
		'ask-env',
		({question}) => question?.asks === 'text' && question.wrong.length > 0,
	],
	['one blank', 'tag-builder', ({kind, fills}) => kind === 'blank' && fills.length === 1],
	['several blanks', 'build-site', ({kind, fills}) => kind === 'blank' && fills.length > 1],
	['a repair of files', 'mend-token', ({kind, setup}) => kind === 'repair' && setup.length === 0],
	['a repair of a container', 'mend-notes', ({kind, setup}) => kind === 'repair' && setup.length > 0],
	['a challenge', 'know-version', ({kind}) => kind === 'challenge'],
	['builds that judge', 'equip-probe', ({judge}) => judge.length > 0],
	['a build of several images', 'bake-both', ({judge}) => judge.some(({run}) => / bake /.test(run))],
	['a challenge that can be skipped', 'bake-both', ({optional}) => optional],
	['a line that is added for a while', 'edit-plain', ({edit}) => edit?.line !== undefined],
	['a replaced piece', 'know-version', ({judge}) => judge.some(({edit}) => edit?.replace !== undefined)],
	['a prepared step', 'run-site', ({kind, setup}) => kind === 'run' && setup.length > 0],
	['the clean-up', 'cleanup', ({command}) => command === null],
	['the prediction of stages', 'build-report', predicts('stages')],
	['the prediction of instructions from the cache', 'edit-mount', predicts('cached')],
	['the prediction of a line', 'run-probe', predicts('line')],
	['the prediction of the biggest image', 'measure-mount', predicts('bigger')],
	['the prediction of seconds', 'edit-plain', predicts('seconds')],
	['the prediction of a port', 'find-port', predicts('port')],
	['images that are compared', 'measure-mount', ({compare}) => compare.length > 1],
	['a template of Go', 'measure-plain', ({command}) => command?.includes("'{{.Size}}'") === true],
	['a captured number', 'measure-plain', ({capture}) => 'size-plain' in capture],
	[
		'a number compared with an earlier one',
		'measure-mount',
		has('stdout', check => String(check.number?.['less-than']).includes('size-plain')),
	],
	['a captured port in a command', 'visit-site', ({command}) => command?.includes('{{port}}') === true],
	['an expression for the output', 'print-version', has('stdout', ({matches}) => matches)],
	['an expression for the error output', 'no-secret', has('stderr', ({matches}) => matches)],
	['what instructions print', 'edit-mount', has('instructions', ({printed}) => printed)],
	['sentences of its own', 'measure-mount', step => allChecks(step).some(({says}) => says !== undefined)],
	['a command that has to fail', 'no-shell', has('exit', ({is}) => is === 127)],
	['the stages of a Dockerfile', 'mend-token', has('dockerfile', ({stages}) => stages)],
	['a piece of a file', 'read-shop', has('file', () => true)],
	['an image', 'tag-builder', has('image', () => true)],
	['stages from the cache', 'mend-token', has('stages', ({cached}) => cached)],
	['a network', 'run-site', has('network', () => true)],
	['a volume', 'run-site', has('volume', () => true)],
	['the log of a container', 'run-site', has('container', ({logs}) => logs)],
	['the health of a container', 'run-site', has('container', ({health}) => health)],
	['the network of a container', 'run-site', has('container', ({networks}) => networks)],
	['the volume of a container', 'run-site', has('container', ({volumes}) => volumes)],
	['a hint for a finding', 'mend-token', ({fittingHints}) => fittingHints.length > 0],
	['what is meant for afterwards', 'edit-plain', ({afterwards}) => afterwards !== null],
	['text for some versions', 'use-buildkit', shows('<!-- when cli-from: 23 -->')],
	['text for some shells', 'use-buildkit', shows('<!-- when shell: powershell -->')],
	['a whole file', 'read-shop', shows('<!-- show: shop/plain.Dockerfile -->')],
	['a change that is shown and made', 'build-zones', shows('```diff patch\n')],
	['some lines of a file', 'build-mount', shows('<!-- show: shop/Dockerfile:1-5 -->')],
	['the file with which a repair begins', 'mend-token', shows('<!-- show: feed/Dockerfile -->')],
];

for (const [what, id, uses] of rows)
	test(`build-mounts uses ${what}, in ${id}`, t => {
		const step = steps.find(one => one.id === id);
		t.true(step !== undefined && uses(step));
	});

test('it lints without a warning, also where a repair shows its broken file', t => {
	const {problems, warnings, steps: count} = lintWorkshop(readFolder(folder), planStepBuild);
	t.deepEqual([...problems, ...warnings], []);
	t.true(count.active >= count.all * 0.6);
});

test('it uses every kind of step', t => {
	const kinds = stepSchema.entries.kind.options;
	t.deepEqual(
		kinds.filter(kind => !steps.some(step => step.kind === kind)),
		[],
	);
});

for (const {id} of steps.filter(isChallenge))
	test(`${id} has a solution, and attempts with findings of their own`, t => {
		t.true(existsSync(`${folder}/solutions/${id}/run.yaml`));
		const attempts = readdirSync(`${folder}/attempts/${id}`).map(name =>
			readFileSync(`${folder}/attempts/${id}/${name}/run.yaml`, 'utf8'),
		);
		const findings = new Set(attempts.map(text => /^finding: (\S+)$/m.exec(text)?.[1]));
		t.true(findings.size > 2, [...findings].join(' '));
	});
