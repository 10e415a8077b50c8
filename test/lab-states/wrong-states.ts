import type {LabState} from './lab-state.js';

const wrong = (finding: string, title: string, commands: string[], says?: RegExp): LabState => ({
	title,
	commands,
	finding,
	...(says ? {says} : {}),
});

/** Ways to miss the lab's goal, by finding; images: `lab-images.ts`. */
export const wrongStates: LabState[] = [
	wrong('no-container', 'nothing', []),
	wrong('no-container', 'another image that answers 200', ['run -d -p HOST:5000 stranger']),
	wrong('no-container', 'whoami in an image of another base', ['run -d -p HOST:5000 own-base -port 5000']),
	wrong('no-container', 'removed again', ['run -d -p HOST:5000 --name NAME whoami -port 5000', 'rm -f NAME']),

	wrong('refused', '-port before the image', ['run -d -P -port 5000 whoami'], /before the image name/),
	wrong('refused', '--port before the image', ['run -d -P --port 5000 whoami'], /before the image name/),
	wrong('refused', 'a port beyond the last', ['run -d -p HOST:70000 whoami -port 70000'], /1 to 65535/),
	wrong('refused', 'a port in words', ['run -d -p HOST:http whoami -port 5000'], /`http` is not a port/),
	wrong(
		'refused',
		'a name that is taken',
		['run --name SECOND alpine:3.13 true', 'run -d -p HOST:5000 --name SECOND whoami -port 5000'],
		/docker rm -f SECOND/,
	),
	wrong('refused', 'a flag that Docker does not know', ['run -d --publsh HOST:5000 whoami'], /no flag/),

	wrong(
		'created-only',
		'a host port of another container',
		[
			'run -d -p HOST:80 --name SECOND alpine:3.13 sleep 600',
			'run -d -p HOST:5000 --name NAME whoami -port 5000',
		],
		/HOST is in use by the container SECOND/,
	),
	{
		...wrong(
			'created-only',
			'a host port of another program',
			['run -d -p HOST:5000 whoami -port 5000'],
			/HOST is in use by another program/,
		),
		isHostTaken: true,
	},
	wrong(
		'created-only',
		'an address that is not local',
		['run -d -p 192.0.2.99:HOST:5000 whoami -port 5000'],
		/192\.0\.2\.99 is not an address of this machine/,
	),
	wrong(
		'created-only',
		'a program that is not in the image',
		['run -d -p HOST:5000 --entrypoint /server whoami -port 5000'],
		/no program `\/server`/,
	),
	wrong('created-only', 'never started', ['create -p HOST:5000 --name NAME whoami -port 5000'], /start NAME/),

	wrong('exited', 'an option that whoami does not know', ['run -d -P whoami -nope'], /exit code 2/),
	wrong('exited', 'a port in words for whoami', ['run -d -P whoami -port http'], /exit code 2/),
	wrong('exited', 'a port beyond the last for whoami', ['run -d -P whoami -port 70000'], /exit code 1/),
	wrong('exited', 'stopped', ['run -d -p HOST:5000 --name NAME whoami -port 5000', 'stop NAME'], /code 0/),
	wrong('exited', 'killed', ['run -d -p HOST:5000 --name NAME whoami -port 5000', 'kill NAME'], /137/),
	wrong(
		'exited',
		'dies after 2 s without having answered',
		['run -d -p HOST:5000 tricky brief 2'],
		/exit code 3; the last line of its log is "out of paper"/,
	),
	wrong(
		'exited',
		'dies again and again',
		['run -d --restart always -p HOST:5000 whoami -nope'],
		/keeps restarting/,
	),
	wrong(
		'exited',
		'a port that the host’s network has no more',
		['run -d -p HOST:80 --name SECOND alpine:3.13 sleep 600', 'run -d --network host whoami -port HOST'],
		/address already in use/,
	),

	wrong(
		'paused',
		'paused',
		['run -d -p HOST:5000 --name NAME whoami -port 5000', 'pause NAME'],
		/docker unpause NAME/,
	),
	wrong('paused', 'paused on the wrong port', ['run -d -P --name NAME whoami -port 5000', 'pause NAME']),

	wrong('default-port', '-P alone', ['run -d -P whoami'], /`-port` was not passed/),
	wrong('default-port', '80 published', ['run -d -p HOST:80 whoami'], /`-port` was not passed/),
	wrong('default-port', 'nothing at all', ['run -d whoami']),
	wrong('default-port', '-port 80', ['run -d -p HOST:80 whoami -port 80'], /`-port` says 80/),
	wrong('default-port', '-port=80 in the end', ['run -d -P whoami -port 5000 -port=80'], /`-port` says 80/),
	wrong('default-port', 'PORT in the environment', ['run -d -p HOST:5000 -e PORT=5000 whoami']),
	wrong(
		'default-port',
		'-port behind a word that ends the options',
		['run -d -p HOST:5000 whoami now -port 5000'],
		/`now`/,
	),

	wrong(
		'not-published',
		'no -p',
		['run -d --name NAME whoami -port 5000'],
		/port 5000 of the container NAME/,
	),
	wrong('not-published', '--expose alone', ['run -d --expose 5000 whoami -port 5000'], /5000\/tcp/),
	wrong('not-published', 'UDP only', ['run -d -p HOST:5000/udp whoami -port 5000'], /UDP/),
	wrong(
		'not-published',
		'no network',
		['run -d --network none -p HOST:5000 whoami -port 5000'],
		/network none/,
	),
	wrong('not-published', 'an internal network', [
		'network create --internal NET',
		'run -d --network NET -p HOST:5000 whoami -port 5000',
	]),
	wrong('not-published', 'a derived image without -P', ['run -d derived-cmd']),
	wrong('not-published', 'disconnected from its network', [
		'run -d -p HOST:5000 --name NAME whoami -port 5000',
		'network disconnect bridge NAME',
	]),
	wrong('not-published', 'in the network of a container that does not publish', [
		'run -d --name SECOND alpine:3.13 sleep 600',
		'run -d --network container:SECOND whoami -port 5000',
	]),

	wrong(
		'published-wrong-port',
		'-P with -port 5000',
		['run -d -P --name NAME whoami -port 5000'],
		/port 80 of the container NAME, where nothing listens: whoami listens on port 5000/,
	),
	wrong('published-wrong-port', '80 published', ['run -d -p HOST:80 whoami -port 5000'], /HOST .* port 80 /),
	wrong('published-wrong-port', 'one beside', ['run -d -p HOST:5001 whoami -port 5000'], /5001/),
	wrong('published-wrong-port', 'the host port as -port', ['run -d -p HOST:5000 whoami -port HOST']),
	wrong('published-wrong-port', 'the wrong one exposed', ['run -d -P --expose 5001 whoami -port 5000']),
	wrong('published-wrong-port', 'UDP for the right one', [
		'run -d -p HOST:5000/udp -p OTHER:80 whoami -port 5000',
	]),
	wrong('published-wrong-port', 'a derived image with another port', ['run -d -P derived-cmd -port 6000']),
	wrong('published-wrong-port', 'the last -port counts', [
		'run -d -p HOST:5000 whoami -port 5000 -port 6000',
	]),
	wrong('published-wrong-port', 'the newest of several tells', [
		'run -d whoami -port 5000',
		'run -d -P whoami -port 5000',
	]),

	wrong('no-answer', 'nobody listens', ['run -d -p HOST:5000 tricky deaf'], /HOST/),
	wrong('no-answer', 'nobody listens yet', ['run -d -p HOST:5000 tricky late 60 -port 5000'], /HOST/),
	wrong('no-answer', 'accepts and is silent', ['run -d -p HOST:5000 tricky silent'], /timed out/),
	wrong('no-answer', 'accepts and hangs up', ['run -d -p HOST:5000 tricky abrupt']),
	wrong('http-error', 'HTTP 500', ['run -d -p HOST:5000 tricky status 500'], /status 500, "not whoami"/),
	wrong('http-error', 'HTTP 404', ['run -d -p HOST:5000 tricky status 404'], /status 404/),
	wrong(
		'http-error',
		'200 from a server that is not whoami',
		['run -d -p HOST:5000 tricky status 200'],
		/200/,
	),
];
