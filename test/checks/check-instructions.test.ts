import test from 'ava';
import type {LintContext} from '../../source/checks/kind.js';
import {instructions} from '../../source/checks/kinds/instructions.js';
import type {Fact} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';
import {run} from './sample-facts.js';

type Status = 'cached' | 'done' | 'failed';

const stage = (name: string, instructions: Array<[string, Status]>, tail: string[] = []) => ({
	name,
	status: 'done' as const,
	seconds: 1,
	began: 0,
	ended: 1,
	tail,
	instructions: instructions.map(([text, status]) => ({text, status})),
});
const built = (...stages: Array<ReturnType<typeof stage>>): Fact[] => [run({stages})];
const check = (more: {
	stage?: string;
	built?: string[];
	cached?: string[];
	anew?: string[];
	printed?: {has?: string[]; lacks?: string[]; matches?: string};
}): CheckDeclaration => ({
	check: 'instructions',
	...more,
	...words,
});

const install: [string, Status] = ['RUN install packages', 'cached'];
const compile: [string, Status] = ['RUN compile app', 'done'];
const both = check({cached: ['install'], anew: ['compile']});
test(
	'as expected',
	passes,
	both,
	built(stage('final', [install, compile])),
	/`install` came from the cache; `compile` was rebuilt/,
);
test(
	'all from the cache proves nothing',
	fails,
	both,
	built(stage('final', [install, ['RUN compile app', 'cached']])),
	/`compile` should have been rebuilt, but came from the cache/,
);
test(
	'built anew instead of taken from the cache',
	fails,
	both,
	built(stage('final', [['RUN install packages', 'done'], compile])),
	/`install` should have come from the cache, but was rebuilt/,
);
const skipped = {
	...stage('test', []),
	status: 'skipped' as const,
	instructions: [{text: 'RUN compile app', status: 'waiting' as const}],
};
test(
	'a stage that was skipped does not count',
	passes,
	check({anew: ['compile']}),
	[run({stages: [skipped, stage('final', [compile])]})],
	/`compile` was rebuilt/,
);
test(
	'a stage that was skipped counts if it is named',
	fails,
	check({stage: 'test', anew: ['compile']}),
	[run({stages: [skipped, stage('final', [compile])]})],
	/`compile` should have been rebuilt, but/,
);
test('an instruction that is not there', fails, both, built(stage('final', [install])), /no instruction/);
test(
	'an instruction that failed was not built',
	fails,
	both,
	built(stage('final', [install, ['RUN compile app', 'failed']])),
	/but failed/,
);
test(
	'every instruction that fits has to be so',
	fails,
	check({cached: ['COPY']}),
	built(
		stage('final', [
			['COPY a', 'cached'],
			['COPY b', 'done'],
		]),
	),
	/was rebuilt/,
);
test(
	'only the named stage is looked at',
	passes,
	check({stage: 'app', anew: ['COPY']}),
	built(stage('packages', [['COPY a', 'cached']]), stage('app', [['COPY b', 'done']])),
	/`COPY` was rebuilt/,
);
test(
	'built, in whatever way',
	passes,
	check({built: ['install', 'compile']}),
	built(stage('final', [install, compile])),
	/The build has run/,
);
test(
	'a stage with nothing to build',
	fails,
	check({stage: 'lint', built: ['RUN']}),
	built(stage('lint', []), stage('final', [install])),
	/The stage lint has no instruction with `RUN`/,
);
test('nothing was run', fails, both, [], /has not run yet/);
test('stages without known instructions', fails, both, [run()], /no instruction/);

const printed = built(
	stage('compiler', [compile], ['compiling prices', 'compiling shop']),
	stage('final', [install], ['nothing to do']),
);
test(
	'what was printed',
	passes,
	check({printed: {has: ['shop'], lacks: ['house'], matches: '^nothing'}}),
	printed,
	/The build printed what was expected\./,
);
test(
	'what another stage has printed',
	fails,
	check({stage: 'final', printed: {has: ['shop']}}),
	printed,
	/The output of the stage final does not contain `shop`/,
);
test(
	'what should not have been printed',
	fails,
	check({anew: ['compile'], printed: {lacks: ['prices']}}),
	printed,
	/The output of the build contains `prices`/,
);
test(
	'what was printed counts only after the instructions',
	fails,
	check({cached: ['compile'], printed: {has: ['shop']}}),
	printed,
	/`compile` should have come from the cache/,
);

for (const [title, text, expected] of [
	['an instruction that continues on another line is found', 'FROM a\nRUN one \\\n  two\n', null],
	['an instruction that is not there is reported', 'FROM a\nRUN three\n', 'anew 0'],
	['where Docker fills in variables, any instruction may be there', 'FROM a\nCOPY $X /\nRUN three\n', null],
	['what a command does with variables does not count', 'FROM a\nRUN echo $X\n', 'anew 0'],
] as const)
	test(`lint: ${title}`, t => {
		const context: LintContext = {
			isChallenge: false,
			contexts: ['app'],
			hasFile: () => true,
			read: () => text,
			dockerfile: 'app/Dockerfile',
			isBuild: true,
			readStages: () => ['final'],
		};
		const problem =
			instructions.lint?.({check: 'instructions', anew: ['one two'], ...words}, context) ?? null;
		t.is(problem?.keys.join(' ') ?? null, expected);
	});
