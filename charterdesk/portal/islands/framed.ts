/* Inside the frame: tell the page around it how high the form is, whenever that changes, and what it is called. */
export default function framed(element: HTMLElement): () => void {
  const tell = () => {
    const height = Math.ceil(element.getBoundingClientRect().height);
    window.parent.postMessage({ charterdesk: { height, title: document.title } }, "*");
  };
  const watching = new ResizeObserver(tell);
  watching.observe(element);
  tell();
  return () => watching.disconnect();
}
