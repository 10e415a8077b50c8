import {engineTest} from '../engine/engines.js';
import {beginAt} from '../tools/begin-at.js';
import {openTalk, type Talk} from '../tools/talk.js';

/** What is printed from an answer to the next question, on one line. */
const hears = async (loop: Talk, line: string): Promise<string> => {
	loop.say(line);
	return (await loop.asked()).replaceAll(/\s+/g, ' ');
};

engineTest(
	'a typed build is explained where docker refuses it, and uses the builder that was set',
	async (t, {env}) => {
		const loop = openTalk({home: beginAt('build-parallel-buildkit'), env: {...env, COLUMNS: '200'}});
		await loop.asked();
		await hears(loop, '');
		for (const [line, cause] of [
			[':docker build -t tv', 'The build context is missing: end the command with a folder'],
			[':docker build --no-chache simple', '`docker build` has no option `--no-chache`'],
			[':docker build -f Dockerfile.dev simple', 'write `-f simple/Dockerfile.dev`'],
		] as const) {
			const news = await hears(loop, line);
			t.true(news.includes(cause), news);
			t.notRegex(news, /but you built|printed no progress/);
		}
		const notice = await hears(loop, ':export DOCKER_BUILDKIT=0');
		t.regex(notice, /DOCKER_BUILDKIT is 0: builds that you type now use the legacy builder\./);
		t.regex(notice, /The command of this step still uses BuildKit, which it is about\./);
		const built = await hears(loop, ':docker build --no-cache --target base simple');
		t.regex(built, /This step is about BuildKit, but the legacy builder built this\./);
		t.regex(built, /Successfully built|legacy builder/);
		loop.kill('SIGKILL');
		await loop.exited;
	},
);
