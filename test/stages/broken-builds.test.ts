import test from 'ava';
import {brokenBuilds} from './broken/broken-builds.js';
import {explain, readCaptured} from './broken/read-broken.js';

// What engines 20, 26 and 28c printed: `broken-builds-live.test.ts` writes it down.
for (const engine of ['20', '26', '28c']) {
	for (const {name, builder, ...printed} of readCaptured(engine)) {
		test(`${name} has its cause, ${builder} of ${engine}`, t => {
			const build = brokenBuilds.find(one => one.name === name);
			if (!build) return t.fail('There is no such build in the table.');
			const format = builder === 'legacy' ? 'legacy' : 'plain';
			const {cause, line} = explain(build, format, printed);
			if (build.line !== null && printed.exitCode !== 0) t.is(line, build.line);
			return t.is(cause, printed.exitCode === 0 ? null : build.says[builder]);
		});
	}
}

test('every build of the table was tried with both builders', t => {
	const tried = readCaptured('26').map(({name, builder}) => `${name} ${builder}`);
	t.deepEqual(
		tried,
		brokenBuilds.flatMap(({name}) => [`${name} buildkit`, `${name} legacy`]),
	);
});
