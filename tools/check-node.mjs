const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `This project runs on Node 24 or newer, but this is Node ${process.versions.node}: run \`npm ci\` without --ignore-scripts, which brings Node 24 into node_modules.`,
  );
  process.exit(1);
}
