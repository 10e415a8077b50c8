import test, {type ExecutionContext} from 'ava';
import {type EngineProblemFinding, explainEngineError} from '../../source/engine/errors.js';

const endpoint = 'unix:///var/run/docker.sock';

const options = test.macro(
	(t: ExecutionContext, error: unknown, finding: EngineProblemFinding, says: RegExp) => {
		const trouble = explainEngineError(error, endpoint);
		t.is(trouble.finding, finding);
		t.regex(trouble.reason, /^[^\n]+\.$/);
		t.regex(`${trouble.reason} ${trouble.next}`, says);
	},
);

const failed = (code: string, syscall: string): Error =>
	Object.assign(new Error(`${syscall} ${code}`), {code, syscall});
const said = (stderr: string): Error => Object.assign(new Error('Command failed'), {exitCode: 1, stderr});

test.serial('no docker command', options, failed('ENOENT', 'spawn docker'), 'no-cli', /PATH.*install Docker/);
test.serial(
	'no docker command, as its runner wraps it',
	options,
	Object.assign(new Error('Command failed'), {code: 'ENOENT', cause: failed('ENOENT', 'spawn docker')}),
	'no-cli',
	/PATH/,
);
test.serial(
	'no socket',
	options,
	failed('ENOENT', 'connect'),
	'no-daemon',
	/unix:\/\/\/var\/run\/docker\.sock/,
);
test.serial('nobody behind the socket', options, failed('ECONNREFUSED', 'connect'), 'no-daemon', /start/);
test.serial(
	'a socket that is not for us',
	options,
	failed('EACCES', 'connect'),
	'no-permission',
	/usermod -aG docker/,
);
test.serial('no answer', options, failed('ETIMEDOUT', 'connect'), 'timeout', /does not answer/);
test.serial(
	'a CLI that takes too long',
	options,
	Object.assign(new Error('timed out'), {timedOut: true}),
	'timeout',
	/does not answer/,
);
test.serial('cut off', options, failed('ECONNRESET', 'read'), 'engine-gone', /ECONNRESET/);
test.serial(
	'no daemon, in the words of the CLI',
	options,
	said('Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?\n'),
	'no-daemon',
	/start/,
);
test.serial(
	'no permission, in the words of the CLI',
	options,
	said(
		'permission denied while trying to connect to the Docker daemon socket at unix:///x: Get "http://%2F": dial unix /x: connect: permission denied\n',
	),
	'no-permission',
	/usermod/,
);
test.serial(
	'a CLI that is too old',
	options,
	said(
		'Error response from daemon: client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version\n',
	),
	'api-too-old',
	/1\.44/,
);
test.serial(
	'a CLI that is too new',
	options,
	said('Error response from daemon: client version 1.99 is too new. Maximum supported API version is 1.51\n'),
	'api-too-new',
	/1\.51/,
);
// The words of CLI 29.0 to 29.2, written by hand from their source: no such CLI can be had here.
test.serial(
	'a CLI 29 that is too new',
	options,
	said('API version 1.41 is not supported by this client: the minimum supported API version is 1.44\n'),
	'api-too-new',
	/too new .*1\.44.*update the engine/,
);
test.serial(
	'an HTTP answer',
	options,
	Object.assign(new Error('(HTTP code 400) bad parameter'), {
		statusCode: 400,
		json: {message: 'client version 1.12 is too old. Minimum supported API version is 1.24'},
	}),
	'api-too-old',
	/1\.24/,
);
test.serial(
	'whatever else the CLI says',
	options,
	said('WARNING: x\nError response from daemon: the moon is full.\n'),
	'engine-gone',
	/the moon is full\. /,
);
test.serial('what is no error', options, 'oops', 'engine-gone', /oops/);

// What Windows says, by hand: there is no Docker for it here. Go asks Windows for its English words first.
test.serial('on Windows a pipe that is not for us is told with the group that it is for', t => {
	const words =
		'error during connect: Get "http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.51/version": open //./pipe/docker_engine: Access is denied.\n';
	for (const error of [said(words), failed('EPERM', 'connect')]) {
		const trouble = explainEngineError(error, 'npipe:////./pipe/docker_engine', {platform: 'win32'});
		t.is(trouble.finding, 'no-permission');
		t.regex(trouble.next, /net localgroup docker-users/);
		t.notRegex(trouble.next, /sudo/);
	}
});

test.serial('on Windows an engine that does not run is started from the start menu', t => {
	const words =
		'error during connect: this error may indicate that the docker daemon is not running: Get "http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.51/version": open //./pipe/docker_engine: The system cannot find the file specified.\n';
	t.like(explainEngineError(said(words), 'npipe:////./pipe/docker_engine', {platform: 'win32'}), {
		finding: 'no-daemon',
		next: 'start Docker Desktop from the start menu',
	});
});
