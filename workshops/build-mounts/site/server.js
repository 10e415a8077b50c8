// Sends the page to everybody, and keeps a list of visits in /data.
const fs = require('fs');
const http = require('http');
const os = require('os');

const page = fs.readFileSync('public/index.html');
const visits = fs.createWriteStream('/data/visits.log', {flags: 'a'});

visits.on('error', ({code, path}) => {
	console.error(`cannot write ${path}: ${code}`);
	process.exit(1);
});
visits.on('open', () => {
	const server = http.createServer((request, response) => {
		visits.write(`${new Date().toISOString()} ${request.url}\n`);
		response.end(page);
	});
	server.listen(3000, () => console.log(`listening on port 3000 as ${os.userInfo().username}`));
});
process.on('SIGTERM', () => process.exit(0));
