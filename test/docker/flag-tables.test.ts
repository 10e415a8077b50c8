import {execa} from 'execa';
import {type FlagTable, globalFlags, verbs} from '../../source/docker/verbs.js';
import {engineTests, everyEngine} from '../engine/engines.js';

/** Lines of `--help` that name a flag: `  -d, --detach   Run …`, `      --name string   Assign …`. */
const told = (help: string) =>
	[...help.matchAll(/^ {2,6}(?:-(\w), +)?--([\w-]+)(?: (\S+))?(?: {2,}.*)?$/gm)].map(
		([, letter, name = '', value]) => ({letter, name, isValued: value !== undefined}),
	);

engineTests((engineTest, engineName) => {
	engineTest('the tables have every flag that the CLI’s own help names', async (t, {env}) => {
		let count = 0;
		const compare = async (words: string[], table: FlagTable | undefined) => {
			const {stdout} = await execa('docker', [...words, '--help'], {env, extendEnv: false});
			const flags = told(stdout);
			const verb = words.join(' ');
			count += flags.length;
			for (const {letter, name, isValued} of flags) {
				t.true(table?.[isValued ? 'valued' : 'alone'].has(name), `docker ${verb} --${name}`);
				// Its long name has changed.
				if (letter)
					t.is(table?.short[letter], name === 'time' ? 'timeout' : name, `docker ${verb} -${letter}`);
			}
		};
		await compare([], globalFlags);
		for (const [verb, {flags}] of Object.entries(verbs)) {
			if (!flags || verb.startsWith('compose ')) continue;
			if (verb.startsWith('buildx ') && engineName === '20') continue;
			await compare(verb.split(' '), flags);
		}
		if (engineName !== '20') await compare(['buildx', 'build'], verbs.build?.flags);
		t.true(count > 250, String(count));
	});
}, everyEngine);
