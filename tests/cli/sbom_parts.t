What changed between two releases, and several SBOMs made into one.

$ cp -r $SOURCE/data/sample-project shop; akashi sbom make shop -o one.json; sed -i 's/requests==2.30.0/requests==2.31.0/; /jinja2/d' shop/requirements.txt; printf 'flask==3.0.0\n' >>shop/requirements.txt; akashi sbom make shop --to spdx-json -o two.json; akashi sbom diff one.json two.json
CHANGE    COMPONENT          BEFORE  AFTER
added     pkg:pypi/flask     -       3.0.0
removed   pkg:pypi/jinja2    3.1.2   -
upgraded  pkg:pypi/requests  2.30.0  2.31.0
? 0
$ akashi sbom diff --exit-code one.json two.json --format markdown
### added

| COMPONENT | BEFORE | AFTER |
|---|---|---|
| pkg:pypi/flask | - | 3.0.0 |

### removed

| COMPONENT | BEFORE | AFTER |
|---|---|---|
| pkg:pypi/jinja2 | 3.1.2 | - |

### upgraded

| COMPONENT | BEFORE | AFTER |
|---|---|---|
| pkg:pypi/requests | 2.30.0 | 2.31.0 |
? 1
$ akashi sbom diff --exit-code one.json one.json; akashi sbom diff --json one.json one.json
no component differs
{
  "before": "one.json",
  "after": "one.json",
  "changes": []
}
? 0
$ akashi sbom diff one.json nowhere.json
akashi: nowhere.json: cannot open the file: No such file or directory
? 3
$ echo '{' >broken.json; akashi sbom diff broken.json one.json
akashi: broken.json:2:1: the JSON text ends too early
? 3

The parts together: what both have is there once, in whatever order the parts are given.

$ akashi sbom merge one.json two.json --product suite --version 3 -o suite.json; akashi sbom check suite.json | head -n 1; akashi plumb components suite.json | cut -f2 | sort | uniq -c
akashi: warning: two.json: 46 members the common model does not name are left behind
suite.json: cyclonedx-json@1.6: valid
      1 pkg:maven/jp.example/shop-ledger@2.0.0
      1 pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1
      1 pkg:npm/lodash@4.17.20
      1 pkg:npm/minimist@1.2.5
      1 pkg:npm/mkdirp@0.5.5
      1 pkg:npm/sample-shop@1.4.0
      1 pkg:pypi/flask@3.0.0
      1 pkg:pypi/jinja2@3.1.2
      1 pkg:pypi/requests@2.30.0
      1 pkg:pypi/requests@2.31.0
      1 pkg:pypi/urllib3@1.26.15
      1 shop
? 0
$ akashi sbom merge two.json one.json --product suite --version 3 | akashi plumb components - | cut -f2 | sort >b; akashi plumb components suite.json | cut -f2 | sort | comm -3 - b
akashi: warning: two.json: 46 members the common model does not name are left behind
? 0
$ akashi sbom merge one.json two.json
akashi: --product: name the product the parts make up
? 2
$ akashi sbom merge one.json broken.json --product suite -o suite2.json; echo $?; ls suite*
akashi: broken.json:2:1: the JSON text ends too early
3
suite.json
? 0
