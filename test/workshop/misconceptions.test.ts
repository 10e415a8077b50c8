import {existsSync} from 'node:fs';
import test from 'ava';
import {readWorkshopFiles} from '../../source/storage/workshop-files.js';
import type {Step} from '../../source/workshop/model.js';
import {parseWorkshop} from '../../source/workshop/parse-workshop.js';

/**
 * What people believe about builds, and the step whose outcome refutes it: by a wrong answer of a question, by what is
 * predicted of a run, or by an attempt at a challenge that gets its own finding.
 */
type Row = {belief: string; step: string} & ({answer: RegExp} | {predict: string} | {attempt: string});

const shipped: Record<string, Row[]> = {
	'multi-stage': [
		{belief: 'more stages make a bigger image', step: 'compare-why', predict: 'bigger'},
		{belief: 'one stage compiles with less care', step: 'ask-why-bigger', answer: /less care/},
		{belief: 'several stages are stored more compactly', step: 'ask-why-bigger', answer: /compactly/},
		{belief: 'an image keeps what earlier builds left', step: 'ask-why-bigger', answer: /earlier builds/},
		{belief: 'all stages end up in the image', step: 'ask-what-ships', answer: /compiler and the program/},
		{belief: 'an image from scratch stays empty', step: 'ask-what-ships', answer: /Nothing/},
		{belief: 'a build tags one image for each stage', step: 'ask-what-ships', answer: /two images/},
		{belief: 'COPY --from needs a running container', step: 'ask-what-ships', answer: /a container of/},
		{belief: 'every builder leaves out what is not needed', step: 'build-simple', predict: 'stages'},
		{belief: 'what a stage has written is in the image', step: 'run-simple', predict: 'line'},
		{belief: 'the test stage always runs', step: 'build-simple-buildkit', predict: 'stages'},
		{belief: 'a skipped stage is missing from the image', step: 'run-simple-buildkit', predict: 'line'},
		{belief: 'a build fails when a test would', step: 'ask-tests-passed', answer: /build fails/},
		{belief: 'Docker warns of tests that did not run', step: 'ask-tests-passed', answer: /warning/},
		{
			belief: 'the order of stages decides what is built',
			step: 'ask-tests-passed',
			answer: /before or after/,
		},
		{belief: '--target builds one stage alone', step: 'build-simple-test', predict: 'stages'},
		{belief: 'the CMD of the last stage is that of every target', step: 'run-simple-test', predict: 'line'},
		{belief: 'stages work on the same files', step: 'cat-build-txt', predict: 'line'},
		{belief: 'independent stages always run together', step: 'build-parallel-legacy', predict: 'seconds'},
		{belief: 'stages always run one by one', step: 'build-parallel-buildkit', predict: 'seconds'},
		{belief: 'FROM takes a name without AS', step: 'name-own-stage', attempt: 'as-forgotten'},
		{belief: 'COPY --from takes any name', step: 'add-own-stage', attempt: 'copies-from-no-stage'},
		{belief: 'a stage has the files of the one above', step: 'add-own-stage', attempt: 'copies-nothing'},
		{
			belief: 'what starts from a stage leaves its tools behind',
			step: 'add-own-stage',
			attempt: 'starts-from-builder',
		},
		{
			belief: 'an ENTRYPOINT is that of all stages',
			step: 'add-own-stage',
			attempt: 'entrypoint-left-behind',
		},
		{belief: 'CMD takes arguments, too', step: 'add-own-stage', attempt: 'command-instead'},
		{
			belief: 'an ENTRYPOINT needs no brackets',
			step: 'change-own-base',
			attempt: 'entrypoint-without-brackets',
		},
		{belief: 'RUN works in scratch', step: 'change-own-base', attempt: 'runs-in-scratch'},
		{belief: 'what a stage installs is shipped', step: 'ask-own-tools', answer: /grows/},
		{belief: 'a plain build runs the tests', step: 'build-receipt', predict: 'stages'},
		{belief: 'a failed build removes the image', step: 'ask-receipt-image', answer: /None/},
		{belief: 'a failed build names an image', step: 'ask-receipt-image', answer: /without what failed/},
		{belief: 'green tests prove a program right', step: 'mend-receipt', attempt: 'only-this-total'},
		{belief: 'any RUN makes a linter', step: 'lint-stage', attempt: 'accepts-anything'},
		{belief: 'each build compiles again', step: 'ask-ci', answer: /Twice/},
		{belief: 'a stage repeats what it starts from', step: 'ask-ci', answer: /Three/},
		{belief: 'a target needs no other stage', step: 'ask-ci', answer: /Never/},
		{belief: 'the image is as big as what built it', step: 'compare-sizes', predict: 'bigger'},
		{belief: 'a smaller base image builds faster', step: 'ask-small-and-fast', answer: /takes longer/},
		{belief: 'size costs nothing, as layers are shared', step: 'ask-small-and-fast', answer: /shared/},
		{belief: '-P publishes to the same port', step: 'find-port', predict: 'port'},
		{belief: 'Docker sees where a program listens', step: 'ask-publish-all', answer: /because the program/},
		{belief: '-P publishes only what answers', step: 'ask-publish-all', answer: /publishes nothing/},
		{belief: 'publishing a dead port is an error', step: 'ask-publish-all', answer: /start/},
		{belief: 'EXPOSE opens a port', step: 'ask-expose', answer: /closed/},
		{belief: 'EXPOSE is needed for -p', step: 'ask-expose', answer: /refuses/},
		{belief: 'options of a program go before the image', step: 'lab-port', attempt: 'option-before-image'},
		{belief: '-P follows an option of the program', step: 'lab-port', attempt: 'publish-all'},
		{belief: 'a program that listens is reachable', step: 'lab-port', attempt: 'not-published'},
		{belief: 'a copied list of packages is enough', step: 'cache-modules', attempt: 'only-packages-first'},
	],
	'build-cache': [
		{belief: 'every build runs every instruction', step: 'build-careless-again', predict: 'seconds'},
		{belief: 'only what a change touches runs again', step: 'edit-careless', predict: 'cached'},
		{belief: 'the same RUN is always in the cache', step: 'build-careful', predict: 'cached'},
		{belief: 'any change rebuilds everything', step: 'edit-careful', predict: 'cached'},
		{belief: 'a file that nothing needs costs nothing', step: 'edit-notes', predict: 'cached'},
		{belief: '.dockerignore works in any folder', step: 'ignore-notes', attempt: 'wrong-folder'},
		{belief: 'to exclude everything is safe', step: 'ignore-notes', attempt: 'everything'},
		{belief: 'to exclude the source is harmless', step: 'ignore-notes', attempt: 'source-too'},
		{belief: 'what copies from a rebuilt stage is rebuilt', step: 'edit-stages', predict: 'cached'},
	],
	'build-mounts': [
		{belief: 'a compiler in a build keeps what it has compiled', step: 'edit-plain', predict: 'seconds'},
		{belief: 'a cache mount makes a RUN come from the cache', step: 'edit-mount', predict: 'cached'},
		{belief: 'a cache mount ends up in the image', step: 'measure-mount', predict: 'bigger'},
		{belief: 'a cache mount is pushed with the image', step: 'ask-elsewhere', answer: /if you have pushed/},
		{belief: 'a cache mount comes with the base image', step: 'ask-elsewhere', answer: /base image/},
		{belief: 'an empty cache mount breaks a build', step: 'ask-elsewhere', answer: /build fails/},
		{belief: 'what a stage knows is in the final image', step: 'history-final', predict: 'line'},
		{belief: 'a secret in a builder stage is safe', step: 'history-builder', predict: 'line'},
		{belief: 'a file deleted later is not in the image', step: 'ask-secret', answer: /RUN rm/},
		{belief: 'a file deleted at once is not in the image', step: 'mend-token', attempt: 'deletes-it-at-once'},
		{belief: 'ENV is safer than ARG', step: 'ask-secret', answer: /ENV/},
		{belief: 'an ARG can be taken back', step: 'ask-secret', answer: /empty value/},
		{belief: 'a mounted secret stays in its stage', step: 'search-secret', predict: 'line'},
		{belief: 'a mounted secret cannot be copied as well', step: 'mend-token', attempt: 'mounts-and-copies'},
		{belief: 'a mount needs no stage to be built', step: 'build-report', predict: 'stages'},
		{belief: 'what is mounted is in the image', step: 'look-for-wheel', predict: 'line'},
		{belief: 'a bind mount changes its source', step: 'ask-bind', answer: /empty folder/},
		{belief: 'ARG before FROM is known in stages', step: 'print-version', predict: 'line'},
		{belief: 'an ARG applies to what is before it', step: 'know-version', attempt: 'after-the-run'},
		{belief: 'an ARG of another stage is enough', step: 'know-version', attempt: 'in-the-last-stage'},
		{belief: 'an image brings its own certificates', step: 'run-probe', predict: 'line'},
		{belief: 'time zones have to be files', step: 'run-zones', predict: 'line'},
		{belief: 'every image has a shell', step: 'no-shell', predict: 'line'},
		{belief: 'USER needs a name that the image knows', step: 'equip-probe', attempt: 'user-by-name'},
		{belief: 'COPY --from can name a running container', step: 'ask-copy-from', answer: /running container/},
		{belief: 'scratch is always best', step: 'ask-scratch', answer: /smaller the base image/},
		{belief: 'scratch is for Go alone', step: 'ask-scratch', answer: /only Go/},
		{belief: 'USER needs a password', step: 'ask-user', answer: /password/},
		{belief: 'USER needs root on the host', step: 'ask-user', answer: /on your machine/},
		{belief: 'a volume belongs to the user who runs', step: 'mend-notes', attempt: 'not-replaced'},
		{belief: 'a server has to be root to write', step: 'mend-notes', attempt: 'run-as-root'},
	],
};

const refutes = (row: Row, step: Step, folder: string): boolean => {
	if ('predict' in row) return step.predict?.about === row.predict;
	if ('attempt' in row) return existsSync(`${folder}/attempts/${step.id}/${row.attempt}/run.yaml`);
	return (
		step.question?.asks === 'choice' &&
		step.question.answers.some(
			({label, isRight, explanation}) =>
				!isRight && explanation.children.length > 0 && row.answer.test(label),
		)
	);
};

for (const [name, rows] of Object.entries(shipped)) {
	const folder = `workshops/${name}`;
	const {workshop} = parseWorkshop(readWorkshopFiles(folder));
	const steps = workshop?.chapters.flatMap(chapter => chapter.steps) ?? [];
	for (const row of rows) {
		test(`${name}: who believes that ${row.belief} meets ${row.step}`, t => {
			const step = steps.find(({id}) => id === row.step);
			t.true(step !== undefined && refutes(row, step, folder));
		});
	}
}
