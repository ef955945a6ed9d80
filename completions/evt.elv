
use builtin;
use str;

set edit:completion:arg-completer[evt] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'evt'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'evt'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand init 'Set up a project: evt.toml, a first definition, the lines for git'
            cand new 'Write a definition to start from'
            cand dump 'Compile the definitions, merge them into the schema file, and write what changed'
            cand verify 'Prove that what is committed is what `evt dump` would write, and that no history was lost'
            cand diff 'Show what changed: between definitions and schema file, two versions, or two git refs'
            cand list 'List the events of the schema file'
            cand show 'Show one event, or one version of it'
            cand log 'Show the history of an event, newest version first'
            cand lint 'Check the definitions against the rules of style'
            cand fmt 'Format the definitions, keeping every comment'
            cand catalog 'Print the event catalog as Markdown'
            cand rules 'List every rule with its severity'
            cand explain 'Explain a rule, with a bad and a good example'
            cand schema 'Print the JSON Schema of one of evt''s own formats'
            cand merge-driver 'Merge the schema files of two branches; git calls this'
            cand completions 'Print the completion script of a shell'
            cand man 'Print the manual page of evt, or of one command'
        }
        &'evt;init'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand --no-git 'Leave git''s configuration and .gitattributes as they are'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;new'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand event 'Write the definition of an event, which passes `evt lint` once its blanks are filled'
        }
        &'evt;new;event'= {
            cand --domain 'The bounded context'
            cand --subject 'What the event is about; registered with it where it is new'
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;dump'= {
            cand --squash 'Turn all that REF does not hold into one version an event'
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand --dry-run 'Show what would be written, and write nothing'
            cand --watch 'Dump again on every change of the definitions, until interrupted'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;verify'= {
            cand --against 'The git ref that history is proven against'
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;diff'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;list'= {
            cand --domain 'Only events of this domain'
            cand --subject 'Only events about this subject'
            cand --owner 'Only events of this owner'
            cand --process-type 'Only events of this process type'
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand --retired 'Retired events too'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;show'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;log'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;lint'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;fmt'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand --check 'Change nothing; exit 1 where a file is not formatted'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;catalog'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;rules'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;explain'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;schema'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;merge-driver'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;completions'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'evt;man'= {
            cand -C 'Work in DIR instead of the current folder'
            cand --config 'Use this evt.toml instead of looking for one'
            cand --format 'Print results for people or for programs'
            cand --color 'Colour the output'
            cand -q 'Tell nothing but results and errors'
            cand --quiet 'Tell nothing but results and errors'
            cand -v 'Tell what is done, step by step'
            cand --verbose 'Tell what is done, step by step'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
    ]
    $completions[$command]
}
