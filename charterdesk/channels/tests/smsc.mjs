/* A short message centre that is not ours (npm `smpp`), told by lines on stdin what to do; it says what happens on stdout. */
import { createInterface } from "node:readline";
import smpp from "smpp";

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
let session = null;
let submit = "answer";
let throttled = 0;
let count = 0;

const server = smpp.createServer((opened) => {
  opened.on("bind_transceiver", (pdu) => {
    if (pdu.password !== "secret") {
      opened.send(pdu.response({ command_status: smpp.ESME_RBINDFAIL }));
      opened.close();
      return;
    }
    session = opened;
    opened.send(pdu.response({ system_id: "smsc" }));
    say({ bound: pdu.system_id });
  });
  opened.on("submit_sm", (pdu) => {
    if (throttled > 0) {
      throttled -= 1;
      opened.send(pdu.response({ command_status: smpp.ESME_RTHROTTLED }));
      return;
    }
    count += 1;
    const { message, udh } = pdu.short_message;
    say({
      submitted: message, from: pdu.source_addr, to: pdu.destination_addr, ton: pdu.dest_addr_ton,
      coding: pdu.data_coding, udh: udh ? [...udh[0] ? Buffer.concat(udh) : udh] : null, id: `A${count}`,
    });
    if (submit === "answer") opened.send(pdu.response({ message_id: `A${count}` }));
    if (submit === "refuse") opened.send(pdu.response({ command_status: smpp.ESME_RINVDSTADR }));
    if (submit === "hang up") opened.destroy();
  });
  opened.on("enquire_link", (pdu) => opened.send(pdu.response()));
  opened.on("unbind", (pdu) => { opened.send(pdu.response()); opened.close(); });
  opened.on("error", () => undefined);
});

const deliver = (fields) => session.deliver_sm(fields, (pdu) => say({ taken: pdu.command_status }));

createInterface({ input: process.stdin }).on("line", (line) => {
  const told = JSON.parse(line);
  if (told.submit) submit = told.submit;
  if (told.throttle) throttled = told.throttle;
  if (told.drop) session.destroy();
  if (told.text !== undefined) {
    const message = told.udh ? { udh: Buffer.from(told.udh), message: told.text } : told.text;
    deliver({ source_addr: told.from, source_addr_ton: 1, destination_addr: "4930123456", short_message: message });
  }
  if (told.receipt) {
    const message = `id:${told.receipt} sub:001 dlvrd:001 submit date:2611221200 done date:2611221201 stat:${told.stat} err:000 text:`;
    deliver({ source_addr: "4915112345678", destination_addr: "4930123456", esm_class: 4, short_message: message });
  }
}).on("close", () => process.exit(0));

server.listen(0, "127.0.0.1", () => say({ port: server.address().port }));
