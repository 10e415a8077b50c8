import {messages} from '../../messages/index.js';
import {drawPort} from '../names.js';
import {whoamiDockerfile} from '../whoami.js';
import {createChoiceItem, type ItemDrawer, showCommand, showFile} from './kind.js';

/** The answer if no host port answers. */
const nowhere = 'none';

/** The port that whoami listens on by default, and that its image exposes. */
const defaultPort = 80;

/** On which host port does whoami answer? */
export const drawPorts =
	(kind: string): ItemDrawer =>
	random => {
		const host = drawPort(random, 8050);
		const inside = drawPort(random, 5000);
		const other = drawPort(random, 6000);
		const publish = random.pick([
			`${host}:${inside}`,
			`${host}:${inside}`,
			`${inside}:${host}`,
			`${host}:${defaultPort}`,
			`${host}:${other}`,
			null,
		]);
		const listen = random.pick([inside, inside, inside, null, host]);
		const published = publish === null ? [] : ['-p', publish];
		const listens = listen === null ? [] : ['-port', String(listen)];
		const isBehind = publish !== null && random.below(6) === 0;
		const argv = [
			...['docker', 'run', '-d', '--name', `review-${random.below(1000)}`],
			...(isBehind ? ['whoami', ...published, ...listens] : [...published, 'whoami', ...listens]),
		];
		const say = messages.review.ports;
		const [left, right] = publish?.split(':').map(Number) ?? [];
		const option = (finding: keyof typeof say.wrong, port: number | null | undefined) => ({
			answer: String(port ?? nowhere),
			finding,
			says: say.wrong[finding],
		});
		return createChoiceItem(
			{
				kind,
				question: say.question,
				shown: [showFile('Dockerfile', whoamiDockerfile), showCommand(argv)],
				trial: {builder: 'buildkit', files: {}, commands: [{argv}], look: null},
				read: ({port}) => String(port?.hostPort ?? nowhere),
				right: {
					label: answer => (answer === nowhere ? say.nowhere : answer),
					says: ({port}) => port?.reason ?? '',
				},
				options: [
					option('nowhere', null),
					...random.shuffle([
						option('exposed-port', defaultPort),
						...(left === undefined ? [] : [option('left-port', left), option('right-port', right)]),
						...(listen === null ? [] : [option('listening-port', listen)]),
						option('unrelated', host),
					]),
				],
			},
			random,
		);
	};
