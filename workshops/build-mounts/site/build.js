// Builds the page that the server sends.
const fs = require('fs');

const {colour} = JSON.parse(fs.readFileSync('theme.json', 'utf8'));
fs.mkdirSync('public', {recursive: true});
fs.writeFileSync('public/index.html', `<h1 style="color: ${colour}">Hello</h1>\n`);
console.log('1 page built');
