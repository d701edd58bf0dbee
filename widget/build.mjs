// Builds dist/widget.js from src. With --check it only compares: exit 1 where the committed file is not what is built.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

// Names that only the widget's own modules use, so that they may be shortened: neither the server's, nor the browser's, nor stored.
const OWN = `running|learn|forget|watch|reveal|typing|slow|assistant|visitor|aloud|note|dialog|say|box|kept|expire|rate|said|kind
  |newTab|again|copied|thanks|renewed|sureErase|sureRestart|urgent|items|drop|element|over|count|list|helped|log|keep|restart|local|worse|chosen|hide|you|erased|failed|failure|why`
  .replace(/\s/g, '');
const LIMIT = 12_000;                                        // bytes, gzip -9
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const OUT = at('dist/widget.js'), SUM = at('dist/integrity.txt');

const styles = {
  name: 'styles',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.css\?inline$/ }, ({ path }) => ({ path: at(`src/${path.replace('?inline', '')}`), namespace: 'style' }));
    onLoad({ filter: /./, namespace: 'style' }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code.trim().replace(/(--[\w-]+): /g, '$1:').replace(/, /g, ','), loader: 'text' };
    });
  },
};

const { outputFiles: [bundle] } = await build({
  entryPoints: [at('src/index.ts')], bundle: true, minify: true, format: 'esm', target: 'es2022', charset: 'utf8', legalComments: 'none', write: false,
  plugins: [styles], tsconfig: at('tsconfig.json'),
});
const { code } = await minify(bundle.text, {
  ecma: 2020, module: true, enclose: true, compress: { passes: 3, unsafe: true }, mangle: { properties: { regex: new RegExp(`^(${OWN})$`) } },
});
const size = gzipSync(code, { level: 9 }).length;
const sum = `sha384-${createHash('sha384').update(code).digest('base64')}\n`;
console.log(`widget.js: ${code.length} characters, ${size} bytes with gzip -9 (limit ${LIMIT})`);

if (process.argv.includes('--check')) {
  const [file, written] = await Promise.all([readFile(OUT, 'utf8'), readFile(SUM, 'utf8')]);
  if (file !== code || written !== sum) {
    console.error('widget/dist is not what widget/src builds: run `npm run build` in widget/ and commit it.');
    process.exitCode = 1;
  }
} else {
  await mkdir(at('dist'), { recursive: true });
  await Promise.all([writeFile(OUT, code), writeFile(SUM, sum)]);
}
if (size > LIMIT) {
  console.error('The widget is too large.');
  process.exitCode = 1;
}
