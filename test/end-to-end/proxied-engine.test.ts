import {type AddressInfo, createServer} from 'node:net';
import {networkInterfaces} from 'node:os';
import {engineTests} from '../engine/engines.js';
import {passTo} from '../engine/fake-daemon.js';
import {atExit} from '../tools/at-exit.js';
import {runCli} from '../tools/run-cli.js';
import {isDiagnosed} from './diagnose.js';

/** An address of this machine to which the docker command goes by a proxy: any that is no loopback. */
const findAddress = (): string =>
	Object.values(networkInterfaces())
		.flatMap(list => list ?? [])
		.find(({family, internal}) => family === 'IPv4' && !internal)?.address ?? '';

engineTests(declare => {
	declare(
		'a proxy on the way to an engine elsewhere is named, and is passed by as is said',
		async (t, engine) => {
			const server = createServer(passTo(engine.env.DOCKER_HOST));
			atExit(() => server.close());
			const address = findAddress();
			await new Promise<void>(resolve => server.listen(0, address, resolve));
			const DOCKER_HOST = `tcp://${address}:${(server.address() as AddressInfo).port}`;
			const env = {...engine.env, DOCKER_HOST, HTTP_PROXY: 'http://127.0.0.1:9'};
			const says =
				/connects to the Docker engine at tcp:\S+ through a proxy, and does not reach it; without the proxy/;
			const finding = await isDiagnosed(t, {env}, {id: 'engine', verdict: 'failed', says});
			t.regex(JSON.stringify(finding), new RegExp(`add ${address} to \`NO_PROXY\``));
			const run = await runCli(['run', 'multi-stage-dockerfiles', '--yes'], {env});
			t.is(run.exitCode, 3);
			t.regex(run.stderr, says);
			const doctor = await runCli(['doctor'], {env: {...env, NO_PROXY: address}});
			t.is(doctor.exitCode, 0, doctor.stdout);
		},
	);
});
