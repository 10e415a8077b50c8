// Stands in for `npm ci` with a private registry: without a token it fails,
// and with one it installs a theme. It uses no network.
const fs = require('fs');

const settings = fs.existsSync('.npmrc') ? fs.readFileSync('.npmrc', 'utf8') : '';
const [, token = process.env.NPM_TOKEN] = /_authToken=(\S+)/.exec(settings) ?? [];
if (!token) {
	console.error('The registry refused the request: no token.');
	process.exit(1);
}
fs.writeFileSync('theme.json', JSON.stringify({name: 'theme', colour: 'seagreen'}));
console.log('theme 1.4.0 installed');
