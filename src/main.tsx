import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html: no element with the id root');
createRoot(root).render(
  <main>
    <h1>order0</h1>
  </main>,
);
